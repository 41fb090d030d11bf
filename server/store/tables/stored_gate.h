#pragma once

#include "server/analytics/gate_course.h"

namespace prism::store {

/// A gate as it is stored: its course, what the newest check says of itself, and what those said that are
/// kept no longer. A plain value.
struct StoredGate
{
    qint64 ordinal = 0; ///< 0 for one that is not stored yet
    protocol::GateName name;
    analytics::GateCourse course{};
    QString branch{}; ///< of the newest check, as the next four
    QString checkId{};
    QString commit{};
    QString url{};
    QString user{};
    bool isForgotten = false; ///< until its next check
    std::optional<analytics::DroppedChecks> dropped{};
    bool isChanged = false; ///< since it was written

    void tellOf(const protocol::Check& newest)
    {
        branch = newest.branch;
        checkId = newest.id;
        commit = newest.commit;
        url = newest.url;
        user = newest.user;
    }

    /// As others are told of it.
    protocol::GateState state() const
    {
        protocol::GateState state;
        state.name = name;
        state.status = course.status;
        state.since = course.first.time;
        state.streak = course.streak;
        state.timestamp = course.newest.time;
        state.checkId = checkId;
        state.branch = branch;
        state.commit = commit;
        state.url = url;
        state.user = user;
        state.lastPass = course.lastPass;
        return state;
    }
};

} // namespace prism::store
