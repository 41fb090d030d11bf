#pragma once

#include "server/api/bulk_write.h"
#include "server/http/router.h"
#include "shared/protocol/check.h"

namespace prism::api {

/// How a check is written and announced, whoever made it. `imported` says that it was brought in from
/// elsewhere afterwards.
BulkKind<protocol::Check> checkKind(bool imported);

/// /api/v1/gateway/checks: results of quality gates. Lives on its worker's thread.
class ChecksApi
{
public:
    ChecksApi(const Context& context, http::Router& router);

private:
    void create(const http::Request& request, const http::Reply& reply) const;
    void list(const http::Request& request, const http::Reply& reply) const;
    void find(const http::Request& request, const http::Reply& reply) const;
    void mark(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
