#include "server/api/api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/upgrade.h"
#include "shared/protocol/text.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcApi, "prism.api")

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using http::Verdict;
using protocol::Error;
using protocol::ErrorCode;

namespace {

bool isWrite(const Request& head)
{
    return head.method != "GET" && head.method != "HEAD" && head.method != "OPTIONS";
}

bool hasBody(const Request& head)
{
    return head.headers.contains("transfer-encoding") || head.header("content-length").toLongLong() > 0;
}

/// Whoever answers such a request uses nothing of the worker's own.
bool takesLongToRead(const Request& request)
{
    constexpr qsizetype most = 64LL * 1024;
    return request.body.size() > most && isWrite(request);
}

bool isJson(const Request& head)
{
    const QByteArray type = head.header("content-type").toLower();
    return type == "application/json" || type.startsWith("application/json;") ||
           type.startsWith("application/json ");
}

bool isProbe(const Request& head)
{
    return head.path == QLatin1String("/health") || head.path == QLatin1String("/ready");
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 413:
    case 431:
        return ErrorCode::TooLong;
    case 503:
        return ErrorCode::Unavailable;
    default:
        return ErrorCode::Validation;
    }
}

std::vector<telemetry::RequestStats::Route> countedRoutes(const http::Router& router)
{
    std::vector<telemetry::RequestStats::Route> routes;
    for (const http::Route& route : router.routes())
        routes.push_back({route.method, route.pattern});
    return routes;
}

} // namespace

Api::Api(std::unique_ptr<store::ReadConnection> database, Services services)
    : m_services(std::move(services))
    , m_database(std::move(database))
    , m_reads(m_services.readers)
    , m_writes(m_services.writes, m_services.answersRemembered)
    , m_records(*m_database, m_reads, m_writes, m_services.records, m_services.maxJsonDepth, m_routes)
    , m_checks(m_reads, m_writes, m_services.maxJsonDepth, m_services.entryTimes, m_routes)
    , m_gate(m_services.judging, m_reads, m_writes, m_services.maxJsonDepth, m_routes)
    , m_principles(m_reads, m_services.rules, m_writes, m_services.maxJsonDepth, m_routes)
    , m_retros(m_reads, m_writes, m_services.maxJsonDepth, m_services.entryTimes, m_routes)
    , m_analytics(m_reads, m_services.dashboards, m_services.publisher, m_services.epoch, m_services.zone,
                  m_routes)
    , m_trends(m_reads, m_routes)
    , m_compare(m_reads, m_routes)
    , m_reports(m_reads, m_services.maxJsonDepth, m_routes)
    , m_export(m_reads, m_routes)
    , m_anomalies(m_reads, m_writes, m_services.maxJsonDepth, m_routes)
    , m_settings(m_services.settings, m_writes, m_services.maxJsonDepth, m_routes)
    , m_events(*m_database, m_reads, m_services.epoch, m_services.publisher, m_services.sessions, m_routes)
    , m_system(*m_database, m_services.writes, m_services.epoch, m_routes)
    , m_metrics(m_services.telemetry, m_services.epoch, m_services.zone, m_routes)
    , m_requests(m_services.telemetry.addRequests(countedRoutes(m_routes)))
{
}

Verdict Api::admit(Request& head)
{
    if (const auto refused = m_services.access.checkHost(head))
        return Verdict::refuse(failure(head.id, *refused));
    if (head.isSpare && !isProbe(head))
        return Verdict::refuse(
            failure(head.id,
                    {ErrorCode::Unavailable,
                     QStringLiteral("The server has as many connections as it takes, or this address has its "
                                    "share of them. Try again later."),
                     {}}));
    if (head.path == QLatin1String("/ws"))
        return admitUpgrade(head);
    if (head.listener == WebSocketOnly)
        return Verdict::refuse(failure(
            head.id, {ErrorCode::NotFound, QStringLiteral("This port serves WebSocket at /ws only."), {}}));
    if (isWrite(head)) {
        if (const auto refused = m_services.access.checkOrigin(head))
            return Verdict::refuse(failure(head.id, *refused));
    }
    return admitRouted(head);
}

Verdict Api::admitUpgrade(const Request& head) const
{
    if (const auto refused = m_services.access.checkOrigin(head))
        return Verdict::refuse(failure(head.id, *refused));
    const auto request = readUpgrade(head);
    if (const auto* refusal = std::get_if<Response>(&request))
        return Verdict::refuse(*refusal);
    return Verdict::upgrade([&sessions = m_services.sessions, request = std::get<realtime::UpgradeRequest>(
                                                                  request)](http::HandedOver connection) {
        constexpr QByteArrayView endOfHead("\r\n\r\n");
        realtime::UpgradeRequest whole = request;
        whole.behind = connection.unread.sliced(connection.unread.indexOf(endOfHead) + endOfHead.size());
        sessions.adoptWebSocket(std::move(connection.descriptor), whole, connection.ticket);
    });
}

Verdict Api::admitRouted(Request& head) const
{
    const http::Router::Match match = m_routes.find(head.method, head.encodedPath);
    if (match.route == nullptr)
        return admitUnmatched(head);
    head.route = match.route;
    for (const QString& capture : match.captures)
        head.captures.append(protocol::composed(capture));
    if (const auto stream = m_events.admitStream(head))
        return *stream;
    const bool bulk = match.route->body == http::Route::Body::Bulk;
    const bool lines = bulk && isNdjson(head);
    const bool takesBody =
        match.route->method == "POST" || match.route->method == "PUT" || match.route->method == "PATCH";
    if (takesBody && hasBody(head) && !isJson(head) && !lines)
        return Verdict::refuse(
            failure(head.id,
                    {ErrorCode::BadFormat,
                     QStringLiteral("The body's type is not known here."),
                     {bulk ? QStringLiteral("Content-Type: must be application/json or application/x-ndjson")
                           : QStringLiteral("Content-Type: must be application/json")}},
                    415));
    return Verdict::read(bulk ? m_services.limits.bulkBodyBytes : m_services.limits.bodyBytes);
}

Verdict Api::admitUnmatched(const Request& head) const
{
    const QList<QByteArray> methods = m_routes.methodsOf(head.encodedPath);
    if (methods.isEmpty() && head.path != QLatin1String("*"))
        return Verdict::refuse(
            failure(head.id, {ErrorCode::NotFound, QStringLiteral("There is nothing at this address."), {}}));
    if (head.method == "OPTIONS")
        return Verdict::read(m_services.limits.bodyBytes);
    Response response = failure(
        head.id,
        {ErrorCode::Validation,
         QStringLiteral("This address does not know the method %1.").arg(QString::fromLatin1(head.method)),
         {}},
        405);
    response.addHeader("Allow", methods.join(", "));
    return Verdict::refuse(response);
}

void Api::handle(const Request& request, Reply reply)
{
    if (request.method == "OPTIONS") {
        reply(Response{204, {}, {}, {{"Allow", m_routes.methodsOf(request.encodedPath).join(", ")}}});
        return;
    }
    qCDebug(lcApi).noquote() << request.method << request.path << request.id;
    if (takesLongToRead(request)) {
        (void)m_reads.submit(request, reply, Effort::Bounded,
                             [request, reply](const Reading&) -> protocol::Result<void> {
                                 request.route->handle(request, reply);
                                 return {};
                             });
        return;
    }
    request.route->handle(request, reply);
}

Response Api::refusal(int status, const QString& reason, const QString& requestId)
{
    return failure(requestId, Error{codeOf(status), reason, {}}, status);
}

http::Headers Api::commonHeaders(const Request& head)
{
    return m_services.access.corsHeaders(head);
}

void Api::answered(const Request& request, int status, std::chrono::nanoseconds duration)
{
    qCDebug(lcApi).noquote() << request.id << status << duration.count() / 1000 << "us";
    if (request.route != nullptr)
        m_requests.countAnswer(request.route->index, request.method, status, duration);
    else
        m_requests.countUnmatched(request.method, status, duration);
}

void Api::drain()
{
    m_events.drain();
}

} // namespace prism::api
