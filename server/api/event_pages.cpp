#include "server/api/event_pages.h"

#include "server/store/tables/event_table.h"

namespace prism::api {

using protocol::Failure;
using protocol::Result;
using protocol::Seq;

namespace {

constexpr qint64 pageBytes = 1024LL * 1024;

/// Bounds what is held while nobody asks.
constexpr std::size_t mostPages = 4;

/// With `events` a caller that had everything up to its `since` has everything up to `reached`; the log goes
/// up to `head`.
QByteArray encode(const std::vector<store::StoredEvent>& events, const QString& epoch, Seq reached, Seq head,
                  bool complete)
{
    QByteArray json = "{\"complete\":";
    json += complete ? "true" : "false";
    json += ",\"epoch\":\"" + epoch.toLatin1() + "\",\"seq\":" + QByteArray::number(qlonglong(reached)) +
            ",\"head\":" + QByteArray::number(qlonglong(head)) + ",\"events\":[";
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i > 0)
            json += ',';
        json += events[i].message;
    }
    json += "]}";
    return json;
}

} // namespace

EventPages::EventPages(store::Database& database, const QString& epoch, const realtime::Backlog& backlog)
    : m_database(database)
    , m_epoch(epoch)
    , m_backlog(backlog)
{
}

Result<std::shared_ptr<const EventPage>> EventPages::read(const EventQuery& query)
{
    // Taken before the log is read: a page may hold more than was published, never less.
    const Seq published = m_backlog.head();
    if (published != m_published) {
        m_pages.clear();
        m_published = published;
    }
    const Key key{query.since, query.limit, query.epoch};
    if (const auto known = m_pages.find(key); known != m_pages.end())
        return known->second;
    Result<EventPage> loaded = load(query);
    if (!loaded)
        return Failure(loaded.error());
    if (m_pages.size() >= mostPages)
        m_pages.clear();
    return m_pages.emplace(key, std::make_shared<const EventPage>(std::move(*loaded))).first->second;
}

Result<EventPage> EventPages::load(const EventQuery& query)
{
    const store::Snapshot snapshot(m_database);
    store::EventTable table(m_database);
    const Result<Seq> head = table.head();
    if (!head)
        return Failure(head.error());
    const bool isPosition = query.epoch == m_epoch && query.since <= *head;
    if (!isPosition || query.since == *head)
        return EventPage{isPosition, true, encode({}, m_epoch, *head, *head, isPosition)};
    const Result<std::vector<store::StoredEvent>> events =
        table.range(query.since + 1, *head, query.limit, pageBytes);
    if (!events)
        return Failure(events.error());
    if (events->empty() || events->front().seq != query.since + 1)
        return EventPage{false, true, encode({}, m_epoch, *head, *head, false)};
    return EventPage{true, false, encode(*events, m_epoch, events->back().seq, *head, true)};
}

} // namespace prism::api
