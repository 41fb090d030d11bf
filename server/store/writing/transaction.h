#pragma once

#include "server/store/rollups/rollup_writer.h"
#include "server/store/tables/check_table.h"
#include "server/store/tables/event_table.h"
#include "server/store/tables/outcome_table.h"
#include "server/store/tables/record_table.h"
#include "server/store/tables/retro_table.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace prism::store {

/// What a write may do while its group is being committed: change the tables, and announce the change by an
/// event in the same transaction. Lives on the writer's thread.
class Transaction
{
public:
    /// `zone` is that whose days are counted.
    Transaction(Database& database, protocol::Seq head, const QTimeZone& zone = QTimeZone::utc());

    Database& database() { return m_database; }
    RecordTable& records() { return m_records; }
    CheckTable& checks() { return m_checks; }
    RetroTable& retros() { return m_retros; }
    EventTable& events() { return m_eventTable; }
    OutcomeTable& outcomes() { return m_outcomes; }

    /// As the tables' own, and counts what changed. A check that is older than those that are kept is taken
    /// for one that was there already.
    Result<bool> addCheck(const protocol::Check& check, bool imported);
    Result<bool> addRetro(const protocol::Retro& retro, bool imported);
    Result<MarkedCheck> markViolation(const QString& checkId, qint64 position, bool falsePositive);

    /// Gives the change the next place in the order and writes its event. `project` is empty for a change
    /// that belongs to none, `data` is JSON.
    Result<protocol::Seq> announce(QLatin1String type, const QString& project, QByteArrayView data,
                                   protocol::Timestamp now);

    /// Has this called once the change is on disk, before anybody hears of it. Must be cheap: every other
    /// write waits.
    void whenCommitted(std::function<void()> call) { m_calls.push_back(std::move(call)); }

    /// What is kept here and not in the database, at one moment.
    struct Mark
    {
        std::size_t announced = 0;
        std::size_t calls = 0;
        RecordTable::Counts counts{};
        std::size_t rollups = 0;
    };

    Mark mark() const { return {m_events.size(), m_calls.size(), m_records.counts(), m_rollups.mark()}; }

    /// Goes back to the mark: the rows written since were rolled back.
    void returnTo(const Mark& mark);

    /// Writes what was kept back until now; to be called before the commit.
    Result<void> finish();

    protocol::Seq head() const { return m_head; }
    std::size_t announced() const { return m_events.size(); }

    /// What is to be called after the commit.
    std::vector<std::function<void()>> takeCalls() { return std::exchange(m_calls, {}); }

    /// The events announced since the last takeEvents().
    std::vector<StoredEvent> takeEvents() { return std::exchange(m_events, {}); }

private:
    Database& m_database;
    RecordTable m_records;
    CheckTable m_checks;
    RetroTable m_retros;
    EventTable m_eventTable;
    OutcomeTable m_outcomes;
    RollupWriter m_rollups;
    protocol::Seq m_head;
    std::optional<protocol::Timestamp> m_checksKeptFrom; ///< once the group has asked for it
    std::vector<StoredEvent> m_events;
    std::vector<std::function<void()>> m_calls;
};

} // namespace prism::store
