#pragma once

#include "shared/protocol/gate_state.h"

#include <tuple>

namespace prism::analytics {

/// Where a check stands among those of its gate: by its time, and of the same time by its arrival.
struct CheckPlace
{
    protocol::Timestamp time;
    qint64 ordinal = 0;

    bool operator==(const CheckPlace&) const = default;
    bool operator<(const CheckPlace& other) const
    {
        return std::tie(time, ordinal) < std::tie(other.time, other.ordinal);
    }
};

/// What is known of checks that are kept no longer: all stood before those that are.
struct DroppedChecks
{
    protocol::CheckStatus status = protocol::CheckStatus::Pass; ///< of the newest
    protocol::Timestamp since;
    qint64 streak = 0;
    std::optional<protocol::Timestamp> lastPass;

    bool operator==(const DroppedChecks&) const = default;
};

/// The next check is dropped, which comes behind those that are.
void drop(std::optional<DroppedChecks>& dropped, protocol::Timestamp time, protocol::CheckStatus status);

/// How a gate has come to stand as it does: what has to be known to say what one more check changes,
/// wherever it stands. A plain value.
struct GateCourse
{
    protocol::CheckStatus status = protocol::CheckStatus::Pass; ///< of the newest check
    CheckPlace newest;
    CheckPlace first;                   ///< of those in a row up to the newest that have its status
    std::optional<CheckPlace> before{}; ///< the check before that, which has another; nothing without one
    qint64 streak = 1;                  ///< up to protocol::longestStreak
    bool isLive = false;                ///< one of those was seen when it happened
    std::optional<protocol::Timestamp> lastPass{};

    bool operator==(const GateCourse&) const = default;

    /// Of a gate's only check.
    static GateCourse of(const CheckPlace& place, protocol::CheckStatus status, bool isLive);

    /// Whether it could be said from this alone what the check changes. It cannot when one breaks the row
    /// in its midst: then this is as it was, and is to be counted anew.
    bool take(const CheckPlace& place, protocol::CheckStatus checkStatus, bool isLiveCheck);
};

} // namespace prism::analytics
