#include "server/api/events_api.h"

#include "server/api/query_reader.h"
#include "server/http/weighted_list.h"
#include "shared/protocol/try.h"

#include <limits>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Verdict;
using protocol::Result;
using protocol::Role;
using protocol::Seq;
using realtime::StreamRequest;

namespace {

constexpr qint64 longestWait = 60; // seconds

bool asksForStream(const Request& head)
{
    if ((head.method != "GET" && head.method != "HEAD") || head.path != QLatin1String("/api/v1/events"))
        return false;
    int stream = 0;
    int page = 0;
    for (const http::Weighted& type : http::weightedList(head.header("accept").toLower())) {
        if (type.value == "text/event-stream")
            stream = type.weight;
        else if (type.value == "application/json")
            page = type.weight;
    }
    return stream > 0 && stream >= page;
}

/// Of "epoch:seq", as a stream names its events. Another form is a place in another log: who names it hears
/// that something is missing, as an EventSource gives up when it is refused.
protocol::Position positionOf(const QByteArray& id)
{
    const qsizetype colon = id.lastIndexOf(':');
    bool isNumber = false;
    const Seq seq = id.mid(colon + 1).toLongLong(&isNumber);
    if (colon <= 0 || !isNumber || seq < 0)
        return {QStringLiteral("another"), 0};
    return {QString::fromLatin1(id.left(colon)), seq};
}

} // namespace

EventsApi::EventsApi(store::ReadConnection& database, const Reads& reads, const QString& epoch,
                     const realtime::Publisher& publisher, realtime::Sessions& sessions, const SignIn& signIn,
                     Routes& routes)
    : m_reads(reads)
    , m_epoch(epoch)
    , m_publisher(publisher)
    , m_sessions(sessions)
    , m_signIn(signIn)
    , m_pages(database, epoch, publisher.backlog())
    , m_polls(publisher)
{
    routes.add("GET", "/api/v1/events", http::orLimited(Role::Viewer), *this, &EventsApi::list,
               {"since", "epoch", "limit", "wait", "ticket"});
}

bool EventsApi::lasts(const Request& head)
{
    return asksForStream(head) ||
           (head.path == QLatin1String("/api/v1/events") &&
            head.parameter(QStringLiteral("wait")).value_or(QString()).toLongLong() > 0);
}

std::optional<Verdict> EventsApi::admitStream(const Request& head) const
{
    if (!asksForStream(head))
        return std::nullopt;
    const Result<StreamRequest> wanted = readStreamRequest(head);
    if (!wanted)
        return Verdict::refuse(failure(head.id, wanted.error()));
    const QByteArray type = "text/event-stream; charset=utf-8";
    if (head.method == "HEAD") {
        http::Response response{200, type, {}, {{"Cache-Control", "private, no-cache"}}};
        response.isEndless = true;
        return Verdict::refuse(response);
    }
    return Verdict::stream(type, [guest = m_signIn.guestOf(head), share = head.share, &sessions = m_sessions,
                                  request = *wanted](http::HandedOver connection) {
        StreamRequest begun = request;
        begun.head = connection.streamHead;
        realtime::Guest arrived = guest;
        arrived.ticket = http::bothOf(connection.ticket, share);
        sessions.adoptStream(std::move(connection.descriptor), begun, arrived);
    });
}

Result<StreamRequest> EventsApi::readStreamRequest(const Request& head)
{
    QueryReader query(head);
    StreamRequest request;
    const qint64 since = query.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max());
    if (query.text(QStringLiteral("since"))) {
        request.epoch = query.text(QStringLiteral("epoch")).value_or(QString());
        request.since = since;
    }
    if (const QByteArray id = head.header("last-event-id"); !id.isEmpty()) {
        const protocol::Position position = positionOf(id);
        request.epoch = position.epoch;
        request.since = position.seq;
    }
    PRISM_TRY(query.check());
    return request;
}

Result<void> EventsApi::list(const Request& request, const Reply& reply)
{
    QueryReader reader(request);
    EventQuery query;
    query.since = reader.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max());
    query.limit = int(reader.integer(QStringLiteral("limit"), 100, 1, 1000));
    query.epoch = reader.text(QStringLiteral("epoch")).value_or(m_epoch);
    query.reach = request.reach;
    const std::chrono::seconds wait(reader.integer(QStringLiteral("wait"), 0, 0, longestWait));
    PRISM_TRY(reader.check());

    const auto mayStay = wait.count() > 0 ? m_signIn.whetherToStay(request) : std::function<bool()>();
    const auto attempt = [this, request, reply, query, mayStay](bool final) mutable {
        if (mayStay && !mayStay()) {
            reply(SignIn::signedOut(request));
            return true;
        }
        const auto page = readOn(query, final);
        if (page && !*page)
            return false;
        reply(page ? success(request, (*page)->json) : failure(request.id, page.error()));
        return true;
    };
    const auto isWanted = [client = request.client, mayStay] {
        return !(client && client->isOver()) && (!mayStay || mayStay());
    };
    if (wait.count() > 0 && waitsAtTheEnd(query) && m_polls.wait(attempt, isWanted, wait))
        return {};
    return m_reads.submit(request, reply, Effort::Bounded,
                          [query, request](const Reading& reading) -> Result<http::Response> {
                              PRISM_TRY_ASSIGN(const auto page, reading.events.read(query));
                              return success(request, page->json);
                          });
}

/// What there is to be told; with `final` also where that is nothing, else null. The query goes on from where
/// there was nothing before, so that nothing is passed over twice.
Result<std::shared_ptr<const EncodedPage>> EventsApi::readOn(EventQuery& query, bool final)
{
    constexpr int mostPages = 8;
    std::shared_ptr<const EncodedPage> page;
    for (int i = 0; i < mostPages; ++i) {
        PRISM_TRY_ASSIGN(page, m_pages.read(query));
        if (!page->isEmpty || !page->complete)
            return page;
        if (page->reached == query.since)
            return final ? page : nullptr;
        query.hasPassed = true;
        query.since = page->reached;
    }
    return page;
}

/// There is nothing to answer with yet, so little of the log will be read then.
bool EventsApi::waitsAtTheEnd(const EventQuery& query) const
{
    return query.epoch == m_epoch && query.since == m_publisher.backlog().head();
}

} // namespace prism::api
