#pragma once

#include "server/api/numbers.h"
#include "server/api/routes.h"
#include "shared/protocol/custom_report.h"
#include "shared/protocol/record_result.h"

namespace prism::api {

/// /api/v1/analytics/reports/custom, and /records/{id}/result, which runs a saved definition as a report of
/// one row. Lives on its worker's thread.
class ReportsApi
{
public:
    ReportsApi(const Numbers& numbers, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<protocol::CustomReport> custom(const http::Request& request) const;
    protocol::Result<protocol::RecordResult> result(const http::Request& request) const;

    const Numbers& m_numbers;
    const int m_maxJsonDepth;
};

} // namespace prism::api
