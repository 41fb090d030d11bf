#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"

namespace prism::api {

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
    const Writes m_writes;
};

} // namespace prism::api
