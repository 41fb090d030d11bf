#include "server/store/tables/event_reader.h"

#include "server/store/page_room.h"
#include "shared/protocol/try.h"

namespace prism::store {

Result<std::vector<StoredEvent>> EventReader::range(protocol::Seq from, protocol::Seq to, int limit,
                                                    qint64 bytes)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT seq, type, project, message FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
            {qint64(from), qint64(to), limit}));
    std::vector<StoredEvent> events;
    PageRoom room(bytes);
    while (rows.next()) {
        StoredEvent event{rows.integer(0), rows.text(1), rows.text(2), rows.bytes(3)};
        if (!room.take(event.message.size()))
            return events;
        events.push_back(std::move(event));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return events;
}

Result<protocol::Seq> EventReader::first()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT seq FROM event_floor"));
    return rows.next() ? protocol::Seq(rows.integer(0)) + 1 : 1;
}

Result<protocol::Seq> EventReader::head()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT COALESCE(MAX(seq), 0) FROM (SELECT MAX(seq) AS seq FROM "
                                         "events UNION ALL SELECT seq FROM event_floor) AS ends"));
    return rows.next() ? protocol::Seq(rows.integer(0)) : 0;
}

Result<std::optional<protocol::Timestamp>> EventReader::newest()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT timestamp FROM events ORDER BY seq DESC LIMIT 1"));
    return rows.next() ? std::optional(protocol::fromMillis(rows.integer(0))) : std::nullopt;
}

} // namespace prism::store
