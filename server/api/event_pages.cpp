#include "server/api/event_pages.h"

#include "server/store/page_room.h"
#include "server/store/tables/event_reader.h"
#include "shared/protocol/event_page.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::api {

using protocol::Result;
using protocol::Seq;

namespace {

/// Bounds what is held while nobody asks.
constexpr std::size_t mostPages = 4;

/// Of whoever is limited more is looked at than they are told, as most of it may be of others.
constexpr int mostLookedAt = 1'000;

/// Those of the events that are to be told, as many as are asked for at most; the page reaches to where that
/// ended.
QList<QByteArray> messagesOf(const std::vector<store::StoredEvent>& events, const EventQuery& query,
                             protocol::EventPage& page)
{
    QList<QByteArray> messages;
    messages.reserve(qsizetype(events.size()));
    for (const store::StoredEvent& event : events) {
        const bool isTold = protocol::mayHear(query.reach, event.type, event.project);
        if (isTold && messages.size() == query.limit)
            break;
        if (isTold)
            messages.append(event.message);
        page.hasPassed = page.hasPassed || !isTold;
        page.reached.seq = event.seq;
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
    const Key key{query.since, query.limit, query.epoch, query.reach.projects(), query.hasPassed};
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
    page.hasPassed = query.hasPassed;
    page.complete = query.epoch == m_epoch && query.since <= head;
    if (!page.complete || query.since == head)
        return EncodedPage{page.complete, true, head, encode(page)};
    const int looked = query.reach.isLimited() ? std::max(query.limit, mostLookedAt) : query.limit;
    PRISM_TRY_ASSIGN(const auto& events, table.range(query.since + 1, head, looked, store::mostListBytes));
    page.complete = !events.empty() && events.front().seq == query.since + 1;
    if (!page.complete)
        return EncodedPage{false, true, head, encode(page)};
    const QList<QByteArray> messages = messagesOf(events, query, page);
    return EncodedPage{true, messages.isEmpty(), page.reached.seq, encode(page, messages)};
}

} // namespace prism::api
