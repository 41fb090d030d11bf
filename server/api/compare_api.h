#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "shared/protocol/comparison.h"

namespace prism::api {

/// /api/v1/analytics/compare: the numbers of one period beside those of another. Lives on its worker's
/// thread.
class CompareApi
{
public:
    /// `mostNames` is of one list in a query, `mostProjects` of one request.
    CompareApi(const Reads& reads, qsizetype mostNames, qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> compare(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const qsizetype m_mostNames;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
