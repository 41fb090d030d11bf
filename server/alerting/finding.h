#pragma once

#include "shared/protocol/alert.h"
#include "shared/protocol/gate_state.h"

namespace prism::alerting {

using protocol::Alert;
using protocol::Timestamp;

/// What there is to say of one kind now.
struct Finding
{
    enum class State {
        Nothing, ///< new: what was raised stays so
        Raised,
        Over,
    };

    State state = State::Nothing;
    protocol::AlertSeverity severity = protocol::AlertSeverity::Medium;
    double value = 0;
    double expected = 0;
    std::optional<qint64> checks = {};
    std::optional<double> limitMs = {};
    Timestamp since{};
    Timestamp bucket{};           ///< in which it was raised; its start
    Timestamp end{};              ///< of what is over
    protocol::GateName gate = {}; ///< of which it is; of none for what belongs to the server

    bool operator==(const Finding&) const = default;
};

/// Whether it was raised and is not over.
bool isLasting(const std::optional<Alert>& alert);

/// What the last alert of the kind becomes by it, or another alert; nothing when all stays as it is. One that
/// is raised within a day after the end of the last continues that one.
std::optional<Alert> alertOf(const Finding& finding, protocol::AlertKind kind, QLatin1String metric,
                             const std::optional<Alert>& last, Timestamp now);

} // namespace prism::alerting
