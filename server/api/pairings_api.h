#pragma once

#include "server/api/routes.h"
#include "server/api/writes.h"
#include "server/service/pairing.h"

namespace prism::api {

/// /api/v1/auth/pairings: dashboards that ask to be let in, and who lets them. Lives on its worker's thread.
class PairingsApi
{
public:
    PairingsApi(service::Pairings& waiting, const service::Tokens& tokens, const Writes& writes,
                int maxJsonDepth, Routes& routes);

private:
    protocol::Result<http::Response> begin(const http::Request& request) const;
    protocol::Result<http::Response> collect(const http::Request& request) const;
    http::Response list(const http::Request& request) const;
    protocol::Result<void> approve(const http::Request& request, const http::Reply& reply) const;

    service::Pairings& m_waiting;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const service::Pairing m_pairing;
};

} // namespace prism::api
