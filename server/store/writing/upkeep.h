#pragma once

#include "server/store/writing/rollup_upkeep.h"
#include "server/store/writing/transaction.h"

#include <functional>

namespace prism::store {

/// How long things are kept.
struct Retention
{
    EventRetention events;
    std::chrono::milliseconds answers = std::chrono::hours(24);

    /// How many days a check is kept; for ever where it says 0, or is not there. What is counted stays. Asked
    /// again and again, on the writer's thread.
    std::function<int()> checkDays = {};

    std::chrono::milliseconds audit = std::chrono::days(365); ///< who did what
};

/// Removes what is kept no longer, a little at a time: beside each group of writes as much as the group
/// added, and more while nothing else is to be done. Then it also adds to the index of texts the records that
/// wait for it, and folds what was counted into the rollups; beside writes only when too much of it waits.
/// Lives on the writer's thread.
class Upkeep
{
public:
    /// `connection` and `ledger` are those of the transactions it is given, `first` the smallest seq kept,
    /// `zone` that whose days are counted.
    Upkeep(WriteConnection& connection, Ledger& ledger, const Retention& retention, protocol::Seq first,
           const QTimeZone& zone = QTimeZone::utc())
        : m_connection(connection)
        , m_ledger(ledger)
        , m_retention(retention)
        , m_first(first)
        , m_rollups(connection, ledger, zone)
    {
    }

    /// Runs inside a group's transaction, after its writes.
    Result<void> besideWrites(Transaction& transaction, protocol::Timestamp now);

    /// The group's transaction was rolled back, and with it what was removed.
    void lookAgain();

    /// Runs in a transaction of its own. Whether there is more to do.
    Result<bool> whileIdle(Transaction& transaction, protocol::Timestamp now);

private:
    Result<void> indexBesideWrites();
    Result<void> trimOutcomesBesideWrites(Transaction& transaction, protocol::Timestamp now);
    Result<int> trimChecks(Transaction& transaction, protocol::Timestamp now, int most);
    Result<int> trimParts(Transaction& transaction, int most);
    Result<int> trimEvents(Transaction& transaction, protocol::Timestamp now, int most);

    WriteConnection& m_connection;
    Ledger& m_ledger;
    const Retention m_retention;
    protocol::Seq m_first;
    RollupUpkeep m_rollups;
    protocol::Timestamp m_nextLook{};
    protocol::Timestamp m_outcomesDue{}; ///< until then no outcome is old enough to go
};

} // namespace prism::store
