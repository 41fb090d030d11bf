#include "server/api/event_pages.h"

#include "server/store/page_room.h"
#include "server/store/tables/event_reader.h"
#include "shared/protocol/event_page.h"
#include "shared/protocol/try.h"

namespace prism::api {

using protocol::Result;
using protocol::Seq;

namespace {

/// Bounds what is held while nobody asks.
constexpr std::size_t mostPages = 4;

QList<QByteArray> messagesWithin(const protocol::Reach& reach, const std::vector<store::StoredEvent>& events)
{
    QList<QByteArray> messages;
    messages.reserve(qsizetype(events.size()));
    for (const store::StoredEvent& event : events) {
        if (reach.has(event.project))
            messages.append(event.message);
    }
    return messages;
}

} // namespace

EventPages::EventPages(store::ReadConnection& database, const QString& epoch,
                       const realtime::Backlog& backlog)
    : m_database(database)
    , m_epoch(epoch)
    , m_backlog(backlog)
{
}

Result<std::shared_ptr<const EncodedPage>> EventPages::read(const EventQuery& query)
{
    // Taken before the log is read: a page may hold more than was published, never less.
    const Seq published = m_backlog.head();
    if (published != m_published) {
        m_pages.clear();
        m_published = published;
    }
    const Key key{query.since, query.limit, query.epoch, query.reach.projects()};
    if (const auto known = m_pages.find(key); known != m_pages.end())
        return known->second;
    PRISM_TRY_ASSIGN(EncodedPage loaded, load(query));
    if (m_pages.size() >= mostPages)
        m_pages.clear();
    return m_pages.emplace(key, std::make_shared<const EncodedPage>(std::move(loaded))).first->second;
}

Result<EncodedPage> EventPages::load(const EventQuery& query)
{
    PRISM_TRY_ASSIGN(const store::Snapshot snapshot, store::Snapshot::begin(m_database));
    store::EventReader table(m_database);
    PRISM_TRY_ASSIGN(const Seq head, table.head());
    protocol::EventPage page{true, {m_epoch, head}, head};
    page.complete = query.epoch == m_epoch && query.since <= head;
    if (!page.complete || query.since == head)
        return EncodedPage{page.complete, true, encode(page)};
    PRISM_TRY_ASSIGN(const auto& events,
                     table.range(query.since + 1, head, query.limit, store::mostListBytes));
    page.complete = !events.empty() && events.front().seq == query.since + 1;
    if (!page.complete)
        return EncodedPage{false, true, encode(page)};
    page.reached.seq = events.back().seq;
    const QList<QByteArray> messages = messagesWithin(query.reach, events);
    page.hasPassed = messages.size() < qsizetype(events.size());
    return EncodedPage{true, messages.isEmpty() && page.reached.seq == head, encode(page, messages)};
}

} // namespace prism::api
