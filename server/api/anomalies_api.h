#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/analytics/anomalies: the alerts there were, and who has seen them. Lives on its worker's thread.
class AnomaliesApi
{
public:
    AnomaliesApi(const Reads& reads, const Writes& writes, int maxJsonDepth, qsizetype mostProjects,
                 Routes& routes);

private:
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> acknowledge(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
