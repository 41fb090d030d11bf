#pragma once

#include "server/store/check_table.h"
#include "server/store/event_table.h"
#include "server/store/record_table.h"
#include "server/store/retro_table.h"

namespace prism::store {

/// What a write may do while its group is being committed: change the tables, and announce the change by an
/// event in the same transaction. Lives on the writer's thread.
class Transaction
{
public:
    Transaction(Database& database, protocol::Seq head);

    Database& database() { return m_database; }
    RecordTable& records() { return m_records; }
    CheckTable& checks() { return m_checks; }
    RetroTable& retros() { return m_retros; }

    /// Gives the change the next place in the order and writes its event. `project` is empty for a change
    /// that belongs to none.
    Result<protocol::Seq> announce(QLatin1String type, const QString& project, const QJsonObject& data,
                                   protocol::Timestamp now);

    /// The events announced since the last takeEvents().
    std::size_t announced() const { return m_events.size(); }
    std::vector<StoredEvent> takeEvents() { return std::exchange(m_events, {}); }

    /// Forgets the events behind the first `count`: their rows were rolled back.
    void forgetBehind(std::size_t count);

private:
    Database& m_database;
    RecordTable m_records;
    CheckTable m_checks;
    RetroTable m_retros;
    EventTable m_eventTable;
    protocol::Seq m_head;
    std::vector<StoredEvent> m_events;
};

} // namespace prism::store
