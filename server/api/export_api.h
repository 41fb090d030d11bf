#pragma once

#include "server/api/numbers.h"
#include "server/api/routes.h"

namespace prism::api {

/// /api/v1/analytics/export: what the dashboard shows, as JSON or as a file for spreadsheets. Lives on its
/// worker's thread.
class ExportApi
{
public:
    ExportApi(const Numbers& numbers, Routes& routes);

private:
    protocol::Result<http::Response> write(const http::Request& request) const;

    const Numbers& m_numbers;
};

} // namespace prism::api
