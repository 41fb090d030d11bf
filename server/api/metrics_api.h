#pragma once

#include "server/api/context.h"
#include "server/http/router.h"

namespace prism::api {

/// /metrics: how the server does, for a Prometheus; /api/v1/system/status: the same for people. Lives on its
/// worker's thread.
class MetricsApi
{
public:
    MetricsApi(const Context& context, http::Router& router);

private:
    void metrics(const http::Request& request, const http::Reply& reply) const;
    void status(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
