#include "server/store/event_table.h"

namespace prism::store {

Result<void> EventTable::insert(const StoredEvent& event)
{
    const Result<int> done =
        m_database.execute("INSERT INTO events (seq, type, project, message) VALUES (?, ?, ?, ?)",
                           {qint64(event.seq), event.type, event.project, event.message});
    if (!done)
        return Failure(done.error());
    return {};
}

Result<std::vector<StoredEvent>> EventTable::range(protocol::Seq from, protocol::Seq to, int limit)
{
    Result<Rows> rows = m_database.select(

        "SELECT seq, type, project, message FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
        {qint64(from), qint64(to), limit});
    if (!rows)
        return Failure(rows.error());
    std::vector<StoredEvent> events;
    while (rows->next())
        events.push_back({rows->integer(0), rows->text(1), rows->text(2), rows->bytes(3)});
    return events;
}

Result<protocol::Seq> EventTable::head()
{
    Result<Rows> rows = m_database.select("SELECT COALESCE(MAX(seq), 0) FROM events");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? protocol::Seq(rows->integer(0)) : 0;
}

} // namespace prism::store
