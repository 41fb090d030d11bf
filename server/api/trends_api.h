#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "shared/protocol/forecast.h"

namespace prism::api {

/// /api/v1/analytics/trends/{metric} and /forecast: how a number went, and where it goes. Lives on its
/// worker's thread.
class TrendsApi
{
public:
    /// `mostProjects` is of one request.
    TrendsApi(const Reads& reads, qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> trend(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> forecast(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
