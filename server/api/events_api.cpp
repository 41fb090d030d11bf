#include "server/api/events_api.h"

#include "server/api/answers.h"
#include "server/api/query_reader.h"
#include "server/store/event_table.h"

#include <algorithm>
#include <limits>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using http::Verdict;
using protocol::ErrorCode;
using protocol::Result;
using protocol::Seq;

namespace {

constexpr qint64 longestWait = 60;          // seconds
constexpr qint64 pageBytes = 1024LL * 1024; // a page ends behind about so many

struct EventQuery
{
    Seq since = 0;
    int limit = 100;
    QString epoch;
    std::chrono::seconds wait{0};
};

struct EventPage
{
    bool complete = true;
    Seq reached = 0;
    Seq head = 0;
    std::vector<store::StoredEvent> events;
};

/// When `complete` is false, `since` is no position of this log, or what came after it is not kept any more.
Result<EventPage> readPage(const Context& context, const EventQuery& query)
{
    const store::Snapshot snapshot(context.database);
    store::EventTable table(context.database);
    const Result<Seq> head = table.head();
    if (!head)
        return protocol::Failure(head.error());
    EventPage page;
    page.head = page.reached = *head;
    page.complete = query.epoch == context.epoch && query.since <= *head;
    if (!page.complete || query.since == *head)
        return page;
    Result<std::vector<store::StoredEvent>> events =
        table.range(query.since + 1, *head, query.limit, pageBytes);
    if (!events)
        return protocol::Failure(events.error());
    page.complete = !events->empty() && events->front().seq == query.since + 1;
    if (page.complete) {
        page.events = std::move(*events);
        page.reached = page.events.back().seq;
    }
    return page;
}

/// {"events":[…],"epoch":E,"seq":S,"head":H,"complete":B}: with `events` a caller that had everything up to
/// `since` has everything up to S; the log goes up to H. When complete is false the caller must reload.
Response answerWith(const Request& request, const EventPage& page, const QString& epoch)
{
    QByteArray data = "{\"complete\":";
    data += page.complete ? "true" : "false";
    data += ",\"epoch\":\"" + epoch.toLatin1() + "\",\"seq\":" + QByteArray::number(qlonglong(page.reached)) +
            ",\"head\":" + QByteArray::number(qlonglong(page.head)) + ",\"events\":[";
    for (std::size_t i = 0; i < page.events.size(); ++i) {
        if (i > 0)
            data += ',';
        data += page.events[i].message;
    }
    data += "]}";
    return success(request, data);
}

/// "epoch:seq", as a stream names its events.
std::optional<std::pair<QString, Seq>> positionOf(const QByteArray& id)
{
    const qsizetype colon = id.lastIndexOf(':');
    bool isNumber = false;
    const Seq seq = id.mid(colon + 1).toLongLong(&isNumber);
    if (colon < 0 || !isNumber || seq < 0)
        return std::nullopt;
    return std::pair(QString::fromLatin1(id.left(colon)), seq);
}

} // namespace

EventsApi::EventsApi(const Context& context, const realtime::Hub& hub, http::Router& router)
    : m_context(context)
    , m_polls(hub)
{
    router.add({"GET", QStringLiteral("/api/v1/events"),
                [this](const Request& request, const Reply& reply) { list(request, reply); }});
}

bool EventsApi::asksForStream(const Request& head)
{
    if (head.method != "GET" || head.path != QLatin1String("/api/v1/events"))
        return false;
    const QList<QByteArray> types = head.header("accept").toLower().split(',');
    return std::any_of(types.begin(), types.end(), [](const QByteArray& type) {
        const QList<QByteArray> parts = type.simplified().replace(" ", "").split(';');
        return parts.first() == "text/event-stream" && !parts.contains("q=0");
    });
}

Verdict EventsApi::judgeStream(const Request& head) const
{
    QueryReader query(head);
    (void)query.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max());
    if (head.headers.contains("last-event-id") && !positionOf(head.header("last-event-id")))
        query.refuse(ErrorCode::BadFormat, QStringLiteral("Last-Event-ID"),
                     QStringLiteral("must be EPOCH:SEQ, as the stream's events have it"));
    if (const auto error = query.error())
        return Verdict::refuse(failure(head.id, *error));
    return Verdict::handOver();
}

realtime::StreamRequest EventsApi::streamRequest(const Request& head, const QByteArray& streamHead)
{
    realtime::StreamRequest request;
    request.head = streamHead;
    if (const auto position = positionOf(head.header("last-event-id"))) {
        request.epoch = position->first;
        request.since = position->second;
    } else if (const auto since = head.parameter(QStringLiteral("since"))) {
        request.epoch = head.parameter(QStringLiteral("epoch")).value_or(QString());
        request.since = since->toLongLong();
    }
    return request;
}

void EventsApi::list(const Request& request, const Reply& reply)
{
    QueryReader reader(request);
    EventQuery query;
    query.since = reader.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max());
    query.limit = int(reader.integer(QStringLiteral("limit"), 100, 1, 1000));
    query.epoch = reader.text(QStringLiteral("epoch")).value_or(m_context.epoch);
    query.wait = std::chrono::seconds(reader.integer(QStringLiteral("wait"), 0, 0, longestWait));
    if (const auto error = reader.error())
        return reply(failure(request.id, *error));

    const auto attempt = [this, request, reply, query](bool final) {
        const Result<EventPage> page = readPage(m_context, query);
        if (!page)
            reply(failure(request.id, page.error()));
        else if (page->events.empty() && page->complete && !final)
            return false;
        else
            reply(answerWith(request, *page, m_context.epoch));
        return true;
    };
    if (query.wait.count() == 0 || !m_polls.wait(attempt, request.isGone, query.wait))
        attempt(true);
}

} // namespace prism::api
