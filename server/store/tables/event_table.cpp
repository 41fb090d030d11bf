#include "server/store/tables/event_table.h"

namespace prism::store {

Result<void> EventTable::insert(const StoredEvent& event, protocol::Timestamp timestamp)
{
    const Result<int> done = m_database.execute(
        "INSERT INTO events (seq, timestamp, type, project, message) VALUES (?, ?, ?, ?, ?)",
        {qint64(event.seq), protocol::toMillis(timestamp), event.type, event.project, event.message});
    if (!done)
        return Failure(done.error());
    return {};
}

Result<std::vector<StoredEvent>> EventTable::range(protocol::Seq from, protocol::Seq to, int limit,
                                                   qint64 bytes)
{
    Result<Rows> rows = m_database.select(
        "SELECT seq, type, project, message FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
        {qint64(from), qint64(to), limit});
    if (!rows)
        return Failure(rows.error());
    std::vector<StoredEvent> events;
    while (bytes > 0 && rows->next()) {
        events.push_back({rows->integer(0), rows->text(1), rows->text(2), rows->bytes(3)});
        bytes -= events.back().message.size();
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return events;
}

Result<protocol::Seq> EventTable::first()
{
    Result<Rows> rows = m_database.select("SELECT seq FROM event_floor");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? protocol::Seq(rows->integer(0)) + 1 : 1;
}

Result<protocol::Seq> EventTable::head()
{
    Result<Rows> rows = m_database.select(
        "SELECT MAX(COALESCE((SELECT MAX(seq) FROM events), 0), COALESCE((SELECT seq FROM event_floor), 0))");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? protocol::Seq(rows->integer(0)) : 0;
}

Result<std::optional<protocol::Timestamp>> EventTable::newest()
{
    Result<Rows> rows = m_database.select("SELECT timestamp FROM events ORDER BY seq DESC LIMIT 1");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? std::optional(protocol::fromMillis(rows->integer(0))) : std::nullopt;
}

Result<int> EventTable::trim(const EventRetention& retention, protocol::Timestamp now, int most)
{
    const Result<protocol::Seq> from = first();
    if (!from)
        return Failure(from.error());
    const Result<protocol::Seq> last = head();
    if (!last)
        return Failure(last.error());
    const protocol::Seq overCount = *last - retention.count;
    const protocol::Seq reach = std::min(*from + most - 1, *last);
    protocol::Seq upTo = std::min(overCount, reach);
    Result<Rows> rows = m_database.select(
        "SELECT COALESCE(MAX(seq), 0) FROM events WHERE seq BETWEEN ? AND ? AND timestamp < ?",
        {qint64(*from), qint64(reach), protocol::toMillis(now - retention.age)});
    if (!rows)
        return Failure(rows.error());
    if (rows->next())
        upTo = std::max(upTo, protocol::Seq(rows->integer(0)));
    if (upTo < *from)
        return 0;
    const Result<int> removed = m_database.execute("DELETE FROM events WHERE seq <= ?", {qint64(upTo)});
    if (!removed)
        return removed;
    const Result<int> noted = m_database.execute("INSERT INTO event_floor (id, seq) VALUES (1, ?) "
                                                 "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq",
                                                 {qint64(upTo)});
    return noted ? removed : noted;
}

} // namespace prism::store
