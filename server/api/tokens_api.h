#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"
#include "server/service/tokens.h"

namespace prism::api {

/// /api/v1/auth: who one is oneself, and the tokens by which one signs in. Lives on its worker's thread.
class TokensApi
{
public:
    TokensApi(store::TokenBook& book, int most, const Reads& reads, const Writes& writes, int maxJsonDepth,
              Routes& routes);

private:
    http::Response self(const http::Request& request) const;
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> rotate(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> revoke(const http::Request& request, const http::Reply& reply) const;

    const store::TokenBook& m_book;
    const Reads& m_reads;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const service::Tokens m_tokens;
};

} // namespace prism::api
