#pragma once

#include "server/store/rollups/rollup_folder.h"
#include "server/store/writing/ledger.h"

#include <map>

namespace prism::store {

/// Folds what was counted into the rollups, a little at a time. What cannot be folded, as a bucket of it is
/// damaged, is told in the log and left out for a while: neither a write nor the others wait for it. Lives on
/// the writer's thread.
class RollupUpkeep
{
public:
    /// `connection` and `ledger` are those of the transactions it is called in, `zone` that whose days are
    /// counted.
    RollupUpkeep(WriteConnection& connection, Ledger& ledger, const QTimeZone& zone)
        : m_connection(connection)
        , m_ledger(ledger)
        , m_zone(zone)
    {
    }

    /// So much that what waits shrinks, and nothing before too much of it waits.
    Result<void> besideWrites(protocol::Timestamp now);

    /// Whether there is more to do.
    Result<bool> whileIdle(protocol::Timestamp now);

    void lookAgain() { m_nextFold = {}; }

private:
    Result<void> foldEverything(protocol::Timestamp now);
    Result<void> foldProjects(qint64 most, protocol::Timestamp now);
    Result<std::optional<RollupFolder::Step>> fold(Scope scope, qint64 most, protocol::Timestamp now);

    WriteConnection& m_connection;
    Ledger& m_ledger;
    const QTimeZone m_zone;
    protocol::Timestamp m_nextFold{};
    std::map<Scope, protocol::Timestamp> m_leftOut; ///< until when
};

} // namespace prism::store
