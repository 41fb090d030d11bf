#pragma once

#include "server/http/request.h"
#include "shared/protocol/error.h"

namespace prism::api {

/// Keeps web pages in somebody's browser away from a server that asks for no password: decides by what a
/// request says of whom it asks (Host, or the target itself) and where it comes from (Origin,
/// Sec-Fetch-Site). Immutable; used from any thread.
class AccessRules
{
public:
    /// `hosts`: names and addresses that are answered beside localhost and the loopback addresses, which a
    /// page from elsewhere cannot bear. `allowedOrigins`: origins ("https://host:port", or "null") that may
    /// read and write although they are foreign. `scheme`: what this server's own pages begin with, where
    /// nobody in front of it says otherwise. `publicOrigin`: what the world calls it, or empty.
    AccessRules(const QStringList& hosts, const QStringList& allowedOrigins,
                const QByteArray& scheme = "http", const QString& publicOrigin = {});

    /// NotAllowed when the request asks for a host that this server does not answer as.
    std::optional<protocol::Error> checkHost(const http::Request& head) const;

    /// NotAllowed when the request, whatever its method, comes from a web page of another origin that is not
    /// allowed. A person who follows a link, which is a GET for a whole window, is let through.
    std::optional<protocol::Error> checkOrigin(const http::Request& head) const;

    /// The headers that let an allowed foreign origin read the answer (https://fetch.spec.whatwg.org), and
    /// tell caches that answers differ by origin.
    http::Headers corsHeaders(const http::Request& head) const;

private:
    bool isAllowed(const QByteArray& origin) const { return m_allowedOrigins.contains(origin); }

    bool isOwn(const QByteArray& origin, const http::Request& head) const;

    const QByteArray m_scheme;
    const QByteArray m_publicOrigin;
    QByteArrayList m_hosts; ///< in lower case
    QByteArrayList m_allowedOrigins;
};

} // namespace prism::api
