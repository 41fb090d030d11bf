#pragma once

#include "server/api/context.h"
#include "server/http/router.h"

namespace prism::api {

/// /health and /ready: whether the process lives, and whether it can serve; /api/v1/openapi.json: what there
/// is. Lives on its worker's thread.
class SystemApi
{
public:
    SystemApi(const Context& context, http::Router& router);

private:
    void health(const http::Request& request, const http::Reply& reply) const;
    void description(const http::Request& request, const http::Reply& reply) const;
    void ready(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
