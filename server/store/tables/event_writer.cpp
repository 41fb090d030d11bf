#include "server/store/tables/event_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<void> EventWriter::insert(const StoredEvent& event, protocol::Timestamp timestamp)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO events (seq, timestamp, type, project, message) VALUES (?, ?, ?, ?, ?)",
        {qint64(event.seq), protocol::toMillis(timestamp), event.type, event.project, event.message}));
    return {};
}

Result<int> EventWriter::trim(const EventRetention& retention, protocol::Timestamp now, int most)
{
    PRISM_TRY_ASSIGN(const protocol::Seq from, first());
    PRISM_TRY_ASSIGN(const protocol::Seq last, head());
    const protocol::Seq overCount = last - retention.count;
    const protocol::Seq reach = std::min(from + most - 1, last);
    protocol::Seq upTo = std::min(overCount, reach);
    PRISM_TRY_ASSIGN(
        Rows rows, m_connection.select(
                       "SELECT COALESCE(MAX(seq), 0) FROM events WHERE seq BETWEEN ? AND ? AND timestamp < ?",
                       {qint64(from), qint64(reach), protocol::toMillis(now - retention.age)}));
    if (rows.next())
        upTo = std::max(upTo, protocol::Seq(rows.integer(0)));
    if (upTo < from)
        return 0;
    const Result<int> removed = m_connection.execute("DELETE FROM events WHERE seq <= ?", {qint64(upTo)});
    if (!removed)
        return removed;
    const Result<int> noted = m_connection.execute("INSERT INTO event_floor (id, seq) VALUES (1, ?) "
                                                   "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq",
                                                   {qint64(upTo)});
    return noted ? removed : noted;
}

} // namespace prism::store
