#pragma once

#include "server/analytics/gate_course.h"
#include "server/store/read_connection.h"

namespace prism::store {

/// Finds in the stored checks what gates there are and how they stand, by an index that has those which may
/// count by gate, branch, status and time: what it costs depends neither on how many checks there are nor on
/// how many of other branches. Lives on its connection's thread.
class GateChecks
{
public:
    /// Checks of these branches count; the empty one is of those that name none.
    GateChecks(ReadConnection& connection, const QStringList& branches)
        : m_connection(connection)
        , m_branches(branches)
    {
    }

    /// Whether the check counts for its gate.
    static bool counts(const protocol::Check& check, const QStringList& branches);

    /// How the gate stands by the checks that are kept, and those that were dropped before them; nothing
    /// where none that counts is kept.
    Result<std::optional<analytics::GateCourse>>
    course(const protocol::GateName& gate, const std::optional<analytics::DroppedChecks>& dropped);

    /// The gate behind this one in the order of names, of those that checks or the table of gates name;
    /// whether or not a check counts.
    Result<std::optional<protocol::GateName>> next(const protocol::GateName& behind);

    /// Calls `each` with the oldest `most` checks of before `limit`, those that count.
    using Each = std::function<void(const protocol::GateName&, protocol::Timestamp, protocol::CheckStatus)>;
    Result<void> oldest(protocol::Timestamp limit, int most, const Each& each);

private:
    Result<std::optional<analytics::CheckPlace>> newest(const protocol::GateName& gate,
                                                        protocol::CheckStatus status);
    Result<std::optional<analytics::CheckPlace>> firstBehind(const protocol::GateName& gate,
                                                             protocol::CheckStatus status,
                                                             const analytics::CheckPlace& place);
    Result<qint64> lengthBehind(const protocol::GateName& gate, protocol::CheckStatus status,
                                const analytics::CheckPlace& place);
    Result<bool> isLiveFrom(const protocol::GateName& gate, protocol::CheckStatus status,
                            protocol::Timestamp from);

    ReadConnection& m_connection;
    const QStringList& m_branches;
};

} // namespace prism::store
