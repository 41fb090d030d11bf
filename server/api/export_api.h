#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"

namespace prism::api {

/// /api/v1/analytics/export: what the dashboard shows, as JSON or as a file for spreadsheets. Lives on its
/// worker's thread.
class ExportApi
{
public:
    /// `mostProjects` is of one request.
    ExportApi(const Reads& reads, qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> write(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
