#include "server/api/access_rules.h"

#include <QHostAddress>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// The name in "name:port", "[v6]:port" or either without a port.
QLatin1String hostName(const QByteArray& host)
{
    const QLatin1String text = QLatin1String(host).trimmed();
    if (text.startsWith(QLatin1Char('['))) {
        const qsizetype end = text.indexOf(QLatin1Char(']'));
        return end < 0 ? text.sliced(1) : text.sliced(1, end - 1);
    }
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    return colon < 0 ? text : text.first(colon);
}

bool isLoopback(QLatin1String name)
{
    constexpr auto anyCase = Qt::CaseInsensitive;
    if (name.compare(QLatin1String("localhost"), anyCase) == 0 ||
        name.endsWith(QLatin1String(".localhost"), anyCase))
        return true;
    if (name == QLatin1String("127.0.0.1")) // what nearly everybody says, and an address takes time to read
        return true;
    const QHostAddress address{QString(name)};
    return !address.isNull() && address.isLoopback();
}

} // namespace

AccessRules::AccessRules(bool loopbackOnly, QStringList allowedOrigins)
    : m_loopbackOnly(loopbackOnly)
    , m_allowedOrigins(std::move(allowedOrigins))
{
}

std::optional<Error> AccessRules::checkHost(const http::Request& head) const
{
    if (!m_loopbackOnly || !head.headers.contains("host"))
        return std::nullopt;
    if (const QByteArray host = head.header("host"); isLoopback(hostName(host)))
        return std::nullopt;
    return Error{ErrorCode::NotAllowed,
                 QStringLiteral("This server answers on this machine only."),
                 {QStringLiteral("Host: must be localhost or a loopback address")}};
}

std::optional<Error> AccessRules::checkOrigin(const http::Request& head) const
{
    const QByteArray origin = head.header("origin");
    if (origin.isEmpty() || origin == "http://" + head.header("host") || isAllowed(origin))
        return std::nullopt;
    return Error{ErrorCode::NotAllowed,
                 QStringLiteral("A web page of another origin may not do this."),
                 {QStringLiteral("Origin: is not the server's own; --allow-origin lists exceptions")}};
}

http::Headers AccessRules::corsHeaders(const http::Request& head) const
{
    const QByteArray origin = head.header("origin");
    if (origin.isEmpty() || !isAllowed(origin))
        return {};
    http::Headers headers{{"Access-Control-Allow-Origin", origin},
                          {"Access-Control-Expose-Headers", "ETag, Location, X-Request-Id"},
                          {"Vary", "Origin"}};
    if (head.method == "OPTIONS") {
        headers.emplaceBack("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        headers.emplaceBack(
            "Access-Control-Allow-Headers",
            "Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id");
        headers.emplaceBack("Access-Control-Max-Age", "600");
    }
    return headers;
}

bool AccessRules::isAllowed(const QByteArray& origin) const
{
    return m_allowedOrigins.contains(QString::fromLatin1(origin));
}

} // namespace prism::api
