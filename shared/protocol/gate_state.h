#pragma once

#include "shared/protocol/check.h"

namespace prism::protocol {

/// Names a gate: what ran, and for which project.
struct GateName
{
    QString project; ///< empty for checks that name none
    QString gate;

    bool operator==(const GateName&) const = default;
};

/// How a gate stands, by the checks on the project's main branches.
struct GateState
{
    GateName name;
    CheckStatus status = CheckStatus::Pass; ///< of the newest check
    Timestamp since{};                      ///< when the first of the checks in a row that have it was
    qint64 streak = 0;                      ///< how many those are, up to `longestStreak`
    Timestamp timestamp{};                  ///< of the newest check, as all that follows
    QString checkId{};
    QString branch{};
    QString commit{};
    QString url{};
    QString user{};
    std::optional<Timestamp> lastPass{}; ///< when it passed last; nothing when it never did
    bool isStale = false;                ///< it was not heard of for long

    bool operator==(const GateState&) const = default;
};

/// More checks in a row than this are not told apart, so that what a late one changes is found at once.
constexpr qint64 longestStreak = 1000;

/// A gate that was not heard of for so long is stale.
constexpr std::chrono::days gateStaleAfter{30};

QByteArray encode(const GateState& gate);

/// A gate turned to BLOCKED, or from it.
struct GateChanged
{
    GateName name;
    QString branch;
    std::optional<CheckStatus> from; ///< nothing when the gate was not known before
    CheckStatus to = CheckStatus::Pass;
    Check check; ///< by which it has the status that it has now
    Timestamp at;

    bool operator==(const GateChanged&) const = default;
};

/// `encodedCheck` is changed.check.
QByteArray encode(const GateChanged& changed, QByteArrayView encodedCheck);
Result<GateChanged> gateChangedFromJson(const QJsonObject& json);

} // namespace prism::protocol
