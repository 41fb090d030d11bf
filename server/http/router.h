#pragma once

#include "server/http/request.h"
#include "shared/protocol/role.h"

#include <deque>

namespace prism::http {

/// Who may ask. A role alone stands for those of it who may hear of every project.
struct Audience
{
    Audience(protocol::Role asked, bool forLimited = false)
        : role(asked)
        , admitsLimited(forLimited)
    {
    }

    protocol::Role role;
    bool admitsLimited; ///< also those who are limited to some: what they are answered keeps to these
};

/// Those who are limited to projects as well.
inline Audience orLimited(protocol::Role role)
{
    return {role, true};
}

/// A method and a path pattern ("/records/{id}"), who may ask, and the function that answers.
struct Route
{
    /// What may be sent to it. Bulk: up to Limits::bulkBodyBytes, as lines of JSON too. File: of any type, up
    /// to Limits::fileBytes. Form: as a form too.
    enum class Body { Ordinary, Bulk, File, Form };

    QByteArray method;
    QByteArray pattern;
    Audience audience; ///< who may ask
    std::function<void(const Request&, const Reply&)> handle;
    Body body = Body::Ordinary;
    QStringList query = {};  ///< the parameters that are read; others are passed over
    bool isReadable = false; ///< what lies there can be asked for by GET; set by the router
    std::size_t index = 0;   ///< its place among the router's routes; set by the router
};

/// Finds the route of a request. HEAD is answered by the route of GET. Lives on its worker's thread.
class Router
{
public:
    void add(Route route);

    struct Match
    {
        const Route* route = nullptr; ///< null when nothing answers
        QStringList captures;         ///< decoded
    };

    /// What stands between the slashes of `encodedPath` is decoded piece by piece, so a slash that was
    /// encoded is part of a piece.
    Match find(QByteArrayView method, QByteArrayView encodedPath) const;

    /// The methods this path knows; empty for an unknown path. Of "*" or no path, which stand for the server
    /// as a whole, all that any path knows.
    QList<QByteArray> methodsOf(QByteArrayView encodedPath) const;

    const std::deque<Route>& routes() const { return m_routes; }

private:
    std::deque<Route> m_routes; ///< a deque: requests point to their route
    std::deque<QList<QByteArray>> m_patterns;
};

} // namespace prism::http
