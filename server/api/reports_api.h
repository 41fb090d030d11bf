#pragma once

#include "server/api/routes.h"
#include "server/api/window_reading.h"

namespace prism::api {

/// /api/v1/analytics/reports/custom, and /records/{id}/result, which runs a saved definition as a report of
/// one row. Lives on its worker's thread.
class ReportsApi
{
public:
    ReportsApi(const Numbers& numbers, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<QJsonObject> custom(const http::Request& request) const;
    protocol::Result<QJsonObject> result(const http::Request& request) const;

    const Numbers& m_numbers;
    const int m_maxJsonDepth;
};

} // namespace prism::api
