#include "server/http/router.h"

namespace prism::http {

namespace {

std::optional<QStringList> matchSegments(const QStringList& pattern, const QStringList& path)
{
    QStringList captures;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i].startsWith(QLatin1Char('{'))) {
            if (path[i].isEmpty())
                return std::nullopt;
            captures.append(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return captures;
}

} // namespace

void Router::add(Route route)
{
    m_segments.push_back(route.pattern.split(QLatin1Char('/')));
    route.index = m_routes.size();
    m_routes.push_back(std::move(route));
}

Router::Match Router::find(const QByteArray& method, const QStringList& segments) const
{
    const QByteArray wanted = method == "HEAD" ? QByteArray("GET") : method;
    Match match;
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        if (m_segments[i].size() != segments.size())
            continue;
        const std::optional<QStringList> captures = matchSegments(m_segments[i], segments);
        if (!captures)
            continue;
        match.allowed.append(m_routes[i].method);
        if (m_routes[i].method == "GET")
            match.allowed.append("HEAD");
        if (m_routes[i].method == wanted && match.route == nullptr) {
            match.route = &m_routes[i];
            match.captures = *captures;
        }
    }
    if (!match.allowed.isEmpty())
        match.allowed.append("OPTIONS");
    return match;
}

} // namespace prism::http
