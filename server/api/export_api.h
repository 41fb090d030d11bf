#pragma once

#include "server/api/analytics_query.h"
#include "server/http/router.h"
#include "shared/protocol/dashboard.h"

namespace prism::api {

/// /api/v1/analytics/export: what the dashboard shows, as JSON or as a file for spreadsheets. Lives on its
/// worker's thread.
class ExportApi
{
public:
    ExportApi(const Context& context, http::Router& router);

private:
    void write(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
