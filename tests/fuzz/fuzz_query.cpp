#include "server/api/access_rules.h"
#include "server/api/events_api.h"
#include "server/api/query_reader.h"
#include "server/http/gzip.h"
#include "server/http/parser.h"
#include "server/http/preconditions.h"
#include "server/http/router.h"
#include "server/store/tables/time_cursor.h"
#include "tests/fuzz/fuzz.h"

#include <array>
#include <limits>

using namespace prism;
using fuzz::require;

namespace {

const http::Router& router()
{
    static const http::Router made = [] {
        http::Router routes;
        constexpr std::array patterns{"/health",
                                      "/api/v1/events",
                                      "/api/v1/analytics/dashboard",
                                      "/api/v1/analytics/records",
                                      "/api/v1/analytics/records/batch",
                                      "/api/v1/analytics/records/{id}",
                                      "/api/v1/gateway/checks/{id}"};
        for (const char* pattern : patterns)
            routes.add({"GET", pattern, protocol::Role::Viewer, {}});
        return routes;
    }();
    return made;
}

/// The head of a request whose target is the first line of the input, and whose headers are the others.
QByteArray headOf(const QByteArray& input)
{
    QList<QByteArray> lines = input.split('\n');
    QByteArray head = "GET " + lines.takeFirst() + " HTTP/1.1\r\n";
    for (const QByteArray& line : std::as_const(lines)) {
        if (!line.isEmpty())
            head += line + "\r\n";
    }
    return head + "\r\n";
}

void tryRoute(const http::Request& request)
{
    const http::Router::Match match = router().find(request.method, request.encodedPath);
    require(match.route == nullptr || router().methodsOf(request.encodedPath).contains(match.route->method),
            "a path that is found allows the method it was found by");
    require(match.captures.size() <= 1, "no more captures than the pattern has");
    for (const QString& capture : match.captures)
        require(!capture.isEmpty(), "a capture is not empty");
}

void tryParameters(const http::Request& request)
{
    constexpr qint64 most = 100;
    api::QueryReader query(request);
    for (const auto& name : {QStringLiteral("page"), QStringLiteral("limit"), QStringLiteral("wait")}) {
        const qint64 number = query.integer(name, 20, 1, most);
        require(number >= 1 && number <= most, "a number is within its bounds");
    }
    require(query.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max()) >= 0,
            "a position is not negative");
    for (const auto& name : {QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("at")}) {
        if (const auto time = query.timestamp(name))
            require(protocol::fromIso(protocol::toIso(*time)) == time, "a time survives being written");
    }
    const protocol::Period period = query.period(protocol::Period::Week);
    require(protocol::periodFromString(protocol::toString(period)) == period, "a period has a name");
    if (const auto cursor =
            store::TimeCursor::fromText(query.text(QStringLiteral("cursor")).value_or(QString()))) {
        const auto again = store::TimeCursor::fromText(cursor->toText());
        require(again && again->timestamp == cursor->timestamp && again->ordinal == cursor->ordinal,
                "a cursor survives being written");
    }
    for (const auto& name : {QStringLiteral("search"), QStringLiteral("project"), QStringLiteral("epoch")})
        require(fuzz::isStorable(query.text(name).value_or(QString())), "a parameter is text");
    if (const auto valid = query.check(); !valid)
        require(!valid.error().details.isEmpty(), "a refusal says why");
}

void tryHeaders(const http::Request& request)
{
    (void)http::AcceptedCodings::of(request.header("accept-encoding"));
    (void)http::Preconditions(request.headers).evaluate(http::Validator{"\"1\"", {}}, true);
    if (const auto stream = api::EventsApi::readStreamRequest(request))
        require(stream->since.value_or(0) >= 0, "a position is not negative");
    else
        require(!stream.error().details.isEmpty(), "a refusal says why");
    const api::AccessRules rules({QStringLiteral("ok.example")}, {QStringLiteral("https://ok.example")});
    (void)rules.checkHost(request);
    (void)rules.checkOrigin(request);
    for (const auto& [name, value] : rules.corsHeaders(request))
        require(!value.contains('\r') && !value.contains('\n'), "a header is one line");
}

} // namespace

/// The input's first line is a request's target, the others are its headers.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static http::RequestIds ids;
    const http::Limits limits;
    http::Parser parser(limits, ids, 0);
    if (parser.readHead(headOf(fuzz::toBytes(data, size))))
        return 0;
    const http::Request& request = parser.request();
    require(request.path.startsWith(QLatin1Char('/')) || request.path == QLatin1String("*") ||
                request.method == "CONNECT",
            "a path begins with a slash");
    tryRoute(request);
    tryParameters(request);
    tryHeaders(request);
    return 0;
}
