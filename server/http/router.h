#pragma once

#include "server/http/request.h"

#include <deque>

namespace prism::http {

/// A method and a path pattern ("/records/{id}") with the function that answers.
struct Route
{
    QByteArray method;
    QString pattern;
    std::function<void(const Request&, Reply)> handle;
    bool bulk = false;     ///< takes a body up to Limits::bulkBodyBytes whatever its content type
    std::size_t index = 0; ///< its place among the router's routes; set by the router
};

/// Finds the route of a request. HEAD is answered by the route of GET.
class Router
{
public:
    void add(Route route);

    struct Match
    {
        const Route* route = nullptr; ///< null when nothing answers
        QStringList captures;
        QList<QByteArray> allowed; ///< the methods this path knows; empty for an unknown path
    };

    /// `segments` is the decoded path, see Request::segments.
    Match find(const QByteArray& method, const QStringList& segments) const;
    const std::deque<Route>& routes() const { return m_routes; }

private:
    std::deque<Route> m_routes; ///< a deque: requests point to their route
    std::deque<QStringList> m_segments;
};

} // namespace prism::http
