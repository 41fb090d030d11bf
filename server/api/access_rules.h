#pragma once

#include "server/http/request.h"
#include "shared/protocol/error.h"

namespace prism::api {

/// Keeps web pages in somebody's browser away from a server that asks for no password: decides by the Host
/// and Origin of a request. Immutable; used from any thread.
class AccessRules
{
public:
    /// `loopbackOnly`: only loopback host names are answered. `allowedOrigins`: origins ("https://host:port")
    /// that may read and write although they are foreign.
    AccessRules(bool loopbackOnly, QStringList allowedOrigins);

    /// NotAllowed when the request's Host is not one this server answers to.
    std::optional<protocol::Error> checkHost(const http::Request& head) const;

    /// NotAllowed when the request carries a foreign origin that is not allowed.
    std::optional<protocol::Error> checkOrigin(const http::Request& head) const;

    /// The headers that let an allowed foreign origin read the answer (https://fetch.spec.whatwg.org).
    http::Headers corsHeaders(const http::Request& head) const;

private:
    bool isAllowed(const QByteArray& origin) const;

    const bool m_loopbackOnly;
    const QStringList m_allowedOrigins;
};

} // namespace prism::api
