#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/analytics/anomalies: the alerts there were, and who has seen them. Lives on its worker's thread.
class AnomaliesApi
{
public:
    AnomaliesApi(const Context& context, http::Router& router);

private:
    void list(const http::Request& request, const http::Reply& reply) const;
    void acknowledge(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
    const Writes m_writes;
};

} // namespace prism::api
