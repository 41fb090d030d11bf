#include "server/api/access_rules.h"

#include <QHostAddress>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// The name in "name:port", "[v6]:port" or either without a port.
QLatin1String hostName(const QByteArray& authority)
{
    const QLatin1String text = QLatin1String(authority).trimmed();
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

/// Whether somebody has a window show the answer. No page gets to see it, and what is a GET changes nothing.
bool isNavigation(const http::Request& head)
{
    return head.method == "GET" && head.header("sec-fetch-mode") == "navigate" &&
           head.header("sec-fetch-dest") == "document";
}

Error ofAnotherOrigin(const QString& detail)
{
    return {ErrorCode::NotAllowed, QStringLiteral("A web page of another origin may not do this."), {detail}};
}

} // namespace

AccessRules::AccessRules(const QStringList& hosts, const QStringList& allowedOrigins,
                         const QByteArray& scheme, const QString& publicOrigin)
    : m_scheme(scheme)
    , m_publicOrigin(publicOrigin.toLatin1())
{
    for (const QString& host : hosts)
        m_hosts.append(host.toLower().toLatin1());
    for (const QString& origin : allowedOrigins)
        m_allowedOrigins.append(origin.toLatin1());
}

std::optional<Error> AccessRules::checkHost(const http::Request& head) const
{
    if (head.authority.isEmpty() && !head.headers.contains("host"))
        return std::nullopt; // HTTP/1.0, which no browser speaks any more
    const QLatin1String name = hostName(head.authority);
    if (isLoopback(name) ||
        (!m_hosts.isEmpty() && m_hosts.contains(QByteArray(name.data(), name.size()).toLower())))
        return std::nullopt;
    return Error{
        ErrorCode::NotAllowed,
        QStringLiteral("This server does not answer as the host that was asked for."),
        {QStringLiteral(
            "Host: must be localhost or a loopback address; --allow-host and --public-url name others")}};
}

/// Compared in lower case, and without the port that goes without saying.
bool AccessRules::isOwn(const QByteArray& origin, const http::Request& head) const
{
    if (!m_publicOrigin.isEmpty() && origin == m_publicOrigin)
        return true;
    const QByteArray& scheme = head.scheme.isEmpty() ? m_scheme : head.scheme;
    const QByteArray text = head.authority.toLower();
    const QByteArray usualPort = scheme == "https" ? ":443" : ":80";
    const qsizetype unsaid = text.endsWith(usualPort) ? usualPort.size() : text.endsWith(':') ? 1 : 0;
    return origin == scheme + "://" + text.chopped(unsaid);
}

std::optional<Error> AccessRules::checkOrigin(const http::Request& head) const
{
    if (head.headers.contains("origin")) {
        const QByteArray origin = head.header("origin");
        if (isAllowed(origin))
            return std::nullopt;
        if (!isOwn(origin, head))
            return ofAnotherOrigin(
                QStringLiteral("Origin: is not the server's own; --allow-origin lists exceptions"));
    }
    const QByteArray site = head.header("sec-fetch-site");
    if (site.isEmpty() || site == "none" || site == "same-origin" || isNavigation(head))
        return std::nullopt;
    return ofAnotherOrigin(QStringLiteral("Sec-Fetch-Site: must be none or same-origin"));
}

http::Headers AccessRules::corsHeaders(const http::Request& head) const
{
    if (m_allowedOrigins.isEmpty())
        return {};
    http::Headers headers{{"Vary", "Origin"}};
    const QByteArray origin = head.header("origin");
    if (origin.isEmpty() || !isAllowed(origin))
        return headers;
    headers.emplaceBack("Access-Control-Allow-Origin", origin);
    headers.emplaceBack(
        "Access-Control-Expose-Headers",
        "Accept, Accept-Encoding, Accept-Patch, Accept-Post, Allow, Content-Disposition, ETag, "
        "Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id");
    if (head.method == "OPTIONS") {
        headers.emplaceBack("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
        headers.emplaceBack(
            "Access-Control-Allow-Headers",
            "Authorization, Cache-Control, Content-Encoding, Content-Type, Idempotency-Key, If-Match, "
            "If-Modified-Since, If-None-Match, If-Unmodified-Since, Last-Event-ID, X-Request-Id");
        headers.emplaceBack("Access-Control-Max-Age", "600");
    }
    return headers;
}

} // namespace prism::api
