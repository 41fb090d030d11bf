#pragma once

#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/analytics/anomalies: the alerts there were, and who has seen them. Lives on its worker's thread.
class AnomaliesApi
{
public:
    AnomaliesApi(store::Database& database, const Writes& writes, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<http::Response> list(const http::Request& request) const;
    protocol::Result<void> acknowledge(const http::Request& request, const http::Reply& reply) const;

    store::Database& m_database;
    const Writes& m_writes;
    const int m_maxJsonDepth;
};

} // namespace prism::api
