#include "server/api/api.h"

#include "server/api/answers.h"
#include "server/api/body_rules.h"
#include "server/api/guard.h"
#include "server/api/upgrade.h"
#include "server/http/gzip.h"
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
using protocol::Role;

namespace {

bool isRead(const Request& request)
{
    return request.method == "GET" || request.method == "HEAD";
}

/// Whether there is no way to send an answer that the caller would take.
bool takesNothing(const Request& head)
{
    const QByteArray field = head.header("accept-encoding");
    if (!field.contains("=0"))
        return false;
    const auto accepted = http::AcceptedCodings::of(field);
    return !accepted.gzip && !accepted.identity;
}

/// Whoever answers such a request uses nothing of the worker's own.
bool takesLongToRead(const Request& request)
{
    constexpr qsizetype most = 64LL * 1024;
    return request.body.size() > most && !isRead(request);
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

Response wrongMethod(const Request& head, const QList<QByteArray>& methods)
{
    Response response = failure(
        head.id,
        {ErrorCode::Validation,
         QStringLiteral("This address does not know the method %1.").arg(QString::fromLatin1(head.method)),
         {}},
        405);
    response.addHeader("Allow", methods.join(", "));
    return response;
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
    , m_checks(m_reads, m_writes, m_services.maxJsonDepth, m_services.entryTimes, m_services.checks,
               m_services.mostProjects, m_routes)
    , m_falsePositives(m_reads, m_writes, m_services.mostProjects, m_routes)
    , m_resultFiles(m_reads, m_writes, m_services.entryTimes, m_routes)
    , m_hooks(m_writes, m_services.hooks, m_services.hookTolerance, m_services.entryTimes,
              m_services.maxJsonDepth, m_routes)
    , m_gate(m_services.judging, m_reads, m_writes, m_services.maxJsonDepth, m_routes)
    , m_gates(m_reads, m_writes, m_services.mostProjects, m_routes)
    , m_principles(m_reads, m_services.rules, m_writes, m_services.maxJsonDepth, m_routes)
    , m_retros(m_reads, m_writes, m_services.maxJsonDepth, m_services.entryTimes, m_services.mostProjects,
               m_routes)
    , m_analytics(m_reads, m_services.dashboards, m_services.noise, m_services.publisher, m_services.epoch,
                  m_services.zone, m_services.mostProjects, m_routes)
    , m_trends(m_reads, m_services.mostProjects, m_routes)
    , m_compare(m_reads, m_services.mostQueryNames, m_services.mostProjects, m_routes)
    , m_reports(m_reads, m_services.maxJsonDepth, m_services.mostQueryNames, m_services.mostProjects,
                m_routes)
    , m_export(m_reads, m_services.mostProjects, m_routes)
    , m_anomalies(m_reads, m_writes, m_services.maxJsonDepth, m_services.mostProjects, m_routes)
    , m_settings(m_services.settings, m_writes, m_services.maxJsonDepth, m_routes)
    , m_events(*m_database, m_reads, m_services.epoch, m_services.publisher, m_services.sessions,
               m_services.signIn, m_routes)
    , m_system(m_reads, m_services.readyProbe, m_services.publisher, m_services.epoch, m_routes)
    , m_tokens(m_services.tokens, m_services.mostTokens, m_reads, m_writes, m_services.maxJsonDepth, m_routes)
    , m_pairings(m_services.pairings, service::Tokens(m_services.tokens, m_services.mostTokens), m_writes,
                 m_services.maxJsonDepth, m_routes)
    , m_tickets(m_services.tickets, m_routes)
    , m_audit(m_reads, m_routes)
    , m_metrics(m_services.telemetry, m_services.epoch, m_services.zone, m_routes)
    , m_requests(m_services.telemetry.addRequests(countedRoutes(m_routes)))
{
}

Verdict Api::admit(Request& head)
{
    if (head.listener == PlainAtTls)
        return Verdict::refuse(
            failure(head.id, {ErrorCode::Validation,
                              QStringLiteral("This port speaks TLS: ask again with https:// (or wss://)."),
                              {}}));
    m_services.proxies.apply(head);
    if (auto refused = strangersRefusal(head))
        return Verdict::refuse(*std::move(refused));
    if (takesNothing(head))
        return Verdict::refuse(
            failure(head.id,
                    {ErrorCode::Validation,
                     QStringLiteral("The answer cannot be sent in any coding that is accepted."),
                     {QStringLiteral("Accept-Encoding: must allow gzip or identity")}},
                    406));
    if ((head.isSpare || !takesShare(head)) && !isProbe(head))
        return Verdict::refuse(
            failure(head.id,
                    {ErrorCode::Unavailable,
                     QStringLiteral("The server has as many connections as it takes, or this address has its "
                                    "share of them. Try again later."),
                     {}}));
    if (auto refused = isProbe(head) ? std::nullopt : m_services.allowance.refusalOfAddress(head))
        return Verdict::refuse(*std::move(refused));
    if (head.listener == MetricsOnly)
        return admitScraper(head);
    if (head.path == QLatin1String("/ws"))
        return admitUpgrade(head);
    if (head.listener == WebSocketOnly)
        return Verdict::refuse(failure(
            head.id, {ErrorCode::NotFound, QStringLiteral("This port serves WebSocket at /ws only."), {}}));
    return admitRouted(head);
}

/// Whoever asks for another host, or has a web page of elsewhere ask.
std::optional<Response> Api::strangersRefusal(const Request& head) const
{
    if (const auto refused = m_services.access.checkHost(head)) {
        m_services.signIn.noteStranger(head, "host " + head.authority);
        return failure(head.id, *refused);
    }
    if (const auto refused = m_services.access.checkOrigin(head)) {
        const QByteArray origin = head.header("origin");
        m_services.signIn.noteStranger(head, origin.isEmpty() ? "site " + head.header("sec-fetch-site")
                                                              : "origin " + origin);
        return failure(head.id, *refused);
    }
    return std::nullopt;
}

/// Who comes by a trusted proxy has the place of their address for as long as they are answered.
bool Api::takesShare(Request& head) const
{
    if (!head.isForwarded)
        return true;
    head.share = m_services.quota.takeShare(head.peer);
    return head.share != nullptr;
}

/// Who may ask, and has not asked too often.
std::optional<Response> Api::signIn(Request& head, const http::Audience& asked, const QByteArray& what,
                                    bool takesTicket) const
{
    if (auto refused = m_services.signIn.refusal(head, asked, what, takesTicket))
        return refused;
    return m_services.allowance.refusalOfToken(head);
}

Verdict Api::admitUpgrade(Request& head) const
{
    if (head.method == "OPTIONS")
        return Verdict::refuse(Response{204, {}, {}, {{"Allow", "GET, HEAD, OPTIONS"}}});
    const auto request = readUpgrade(head);
    if (const auto* refusal = std::get_if<Response>(&request))
        return Verdict::refuse(*refusal);
    if (auto refused = signIn(head, http::orLimited(Role::Viewer), "/ws", true))
        return Verdict::refuse(*std::move(refused));
    const http::ConnectionQuota::Ticket place = m_services.allowance.takePlace(head);
    if (!place)
        return Verdict::refuse(Allowance::noPlace(head));
    auto upgrade = std::get<realtime::UpgradeRequest>(request);
    upgrade.mayTakeFrame = m_services.allowance.frames(head);
    return Verdict::upgrade([guest = m_services.signIn.guestOf(head), share = http::bothOf(head.share, place),
                             &sessions = m_services.sessions,
                             request = std::move(upgrade)](http::HandedOver connection) {
        constexpr QByteArrayView endOfHead("\r\n\r\n");
        realtime::UpgradeRequest whole = request;
        whole.behind = connection.unread.sliced(connection.unread.indexOf(endOfHead) + endOfHead.size());
        realtime::Guest arrived = guest;
        arrived.ticket = http::bothOf(connection.ticket, share);
        sessions.adoptWebSocket(std::move(connection.descriptor), whole, arrived);
    });
}

Verdict Api::admitRouted(Request& head) const
{
    const http::Router::Match match = m_routes.find(head.method, head.encodedPath);
    if (match.route == nullptr)
        return admitUnmatched(head);
    const bool takesTicket =
        !head.query.encoded().isEmpty() && match.route->query.contains(QLatin1String("ticket"));
    if (auto refused = signIn(head, match.route->audience, match.route->pattern, takesTicket))
        return Verdict::refuse(*std::move(refused));
    head.route = match.route;
    for (const QString& capture : match.captures)
        head.captures.append(protocol::composed(capture));
    if (EventsApi::lasts(head)) {
        const http::ConnectionQuota::Ticket place = m_services.allowance.takePlace(head);
        if (!place)
            return Verdict::refuse(Allowance::noPlace(head));
        head.share = http::bothOf(head.share, place);
    }
    if (const auto stream = m_events.admitStream(head))
        return *stream;
    if (hasBody(head)) {
        if (const auto refused = refusalOfBody(head))
            return Verdict::refuse(*refused);
    }
    return Verdict::read(mostBytesOf(*match.route, m_services.limits));
}

/// Who may connect there may read it: no token is asked for.
Verdict Api::admitScraper(Request& head) const
{
    if (head.path != QLatin1String("/metrics"))
        return Verdict::refuse(
            failure(head.id, {ErrorCode::NotFound, QStringLiteral("This port serves /metrics only."), {}}));
    head.route = m_routes.find(head.method, head.encodedPath).route;
    if (head.route == nullptr && head.method != "OPTIONS")
        return Verdict::refuse(wrongMethod(head, m_routes.methodsOf(head.encodedPath)));
    return Verdict::read(m_services.limits.bodyBytes);
}

/// A browser asks what it may before it says who it is (https://fetch.spec.whatwg.org, CORS preflight).
Verdict Api::admitUnmatched(Request& head) const
{
    const bool isPreflight =
        head.method == "OPTIONS" && head.headers.contains("access-control-request-method");
    if (auto refused =
            isPreflight ? std::nullopt : signIn(head, http::orLimited(Role::Somebody), "an unknown address"))
        return Verdict::refuse(*std::move(refused));
    const QList<QByteArray> methods = m_routes.methodsOf(head.encodedPath);
    if (methods.isEmpty())
        return Verdict::refuse(
            failure(head.id, {ErrorCode::NotFound, QStringLiteral("There is nothing at this address."), {}}));
    if (head.method == "OPTIONS")
        return Verdict::read(m_services.limits.bodyBytes);
    return Verdict::refuse(wrongMethod(head, methods));
}

void Api::handle(const Request& request, Reply reply)
{
    if (request.method == "OPTIONS")
        return reply(optionsOf(request));
    qCDebug(lcApi).noquote() << request.method << request.path << request.id;
    m_services.allowance.noteBody(request);
    if (takesLongToRead(request)) {
        (void)m_reads.submit(request, reply, Effort::Bounded,
                             [request, reply](const Reading&) -> protocol::Result<void> {
                                 request.route->handle(request, reply);
                                 return {};
                             });
        return;
    }
    request.route->handle(request, isRead(request) ? Guard::over(request, reply) : reply);
}

/// The methods an address knows, and what bodies may be sent there.
Response Api::optionsOf(const Request& request) const
{
    Response response{204, {}, {}, {{"Allow", m_routes.methodsOf(request.encodedPath).join(", ")}}};
    for (const char* method : {"POST", "PATCH"}) {
        if (const http::Route* route = m_routes.find(method, request.encodedPath).route)
            response.addHeader(typesField(method), typesOf(*route));
    }
    return response;
}

Response Api::refusal(int status, const QString& reason, const QString& requestId)
{
    return failure(requestId, Error{codeOf(status), reason, {}}, status);
}

http::Headers Api::commonHeaders(const Request& head)
{
    http::Headers headers = m_services.access.corsHeaders(head);
    m_services.allowance.addTo(headers, head);
    return headers;
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
