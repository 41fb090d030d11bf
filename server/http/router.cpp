#include "server/http/router.h"

#include <algorithm>

namespace prism::http {

namespace {

using Segments = QVarLengthArray<QByteArrayView, 16>;

bool isCapture(const QByteArray& pattern)
{
    return pattern.startsWith('{');
}

/// The pieces of a path, in the memory of what was sent.
Segments segmentsOf(QByteArrayView path)
{
    Segments segments;
    qsizetype from = 0;
    for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
        segments.append(path.sliced(from, slash - from));
        from = slash + 1;
    }
    segments.append(path.sliced(from));
    return segments;
}

bool isSame(const QByteArray& pattern, QByteArrayView segment)
{
    constexpr qsizetype longestEncoding = 3;
    if (segment.size() <= longestEncoding * pattern.size() && segment.contains('%'))
        return percentDecoded(segment) == QLatin1String(pattern);
    return pattern == segment;
}

bool matches(const QList<QByteArray>& pattern, const Segments& segments)
{
    return std::equal(pattern.rbegin(), pattern.rend(), segments.rbegin(), segments.rend(),
                      [](const QByteArray& each, QByteArrayView segment) {
                          return isCapture(each) ? !segment.isEmpty() : isSame(each, segment);
                      });
}

} // namespace

void Router::add(Route route)
{
    m_patterns.push_back(route.pattern.split('/'));
    route.index = m_routes.size();
    m_routes.push_back(std::move(route));
    const QByteArray& pattern = m_routes.back().pattern;
    const auto isReader = [&pattern](const Route& each) {
        return each.method == "GET" && each.pattern == pattern;
    };
    const bool isReadable = std::any_of(m_routes.begin(), m_routes.end(), isReader);
    for (Route& each : m_routes)
        each.isReadable = each.isReadable || (isReadable && each.pattern == pattern);
}

Router::Match Router::find(QByteArrayView method, QByteArrayView encodedPath) const
{
    const QByteArrayView wanted = method == "HEAD" ? QByteArrayView("GET") : method;
    const Segments segments = segmentsOf(encodedPath);
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        const QList<QByteArray>& pattern = m_patterns[i];
        if (m_routes[i].method != wanted || !matches(pattern, segments))
            continue;
        Match match{&m_routes[i], {}};
        for (qsizetype at = 0; at < segments.size(); ++at) {
            if (isCapture(pattern[at]))
                match.captures.append(percentDecoded(segments[at]));
        }
        return match;
    }
    return {};
}

QList<QByteArray> Router::methodsOf(QByteArrayView encodedPath) const
{
    const bool isWhole = encodedPath.isEmpty() || encodedPath == "*";
    const Segments segments = segmentsOf(encodedPath);
    QList<QByteArray> methods;
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        const QByteArray& method = m_routes[i].method;
        if (methods.contains(method) || (!isWhole && !matches(m_patterns[i], segments)))
            continue;
        methods.append(method);
        if (method == "GET")
            methods.append("HEAD");
    }
    if (!methods.isEmpty())
        methods.append("OPTIONS");
    return methods;
}

} // namespace prism::http
