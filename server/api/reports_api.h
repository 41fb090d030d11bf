#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "shared/protocol/custom_report.h"
#include "shared/protocol/record_result.h"

namespace prism::api {

/// /api/v1/analytics/reports/custom, and /records/{id}/result, which runs a saved definition as a report of
/// one row. Lives on its worker's thread.
class ReportsApi
{
public:
    /// `mostNames` is of one list in a query, and of the values of one filter.
    ReportsApi(const Reads& reads, int maxJsonDepth, qsizetype mostNames, qsizetype mostProjects,
               Routes& routes);

private:
    protocol::Result<void> custom(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> result(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const int m_maxJsonDepth;
    const qsizetype m_mostNames;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
