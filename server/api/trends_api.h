#pragma once

#include "server/api/numbers.h"
#include "server/api/routes.h"
#include "shared/protocol/forecast.h"

namespace prism::api {

/// /api/v1/analytics/trends/{metric} and /forecast: how a number went, and where it goes. Lives on its
/// worker's thread.
class TrendsApi
{
public:
    TrendsApi(const Numbers& numbers, Routes& routes);

private:
    protocol::Result<protocol::TrendReport> trend(const http::Request& request) const;
    protocol::Result<protocol::ForecastReport> forecast(const http::Request& request) const;

    const Numbers& m_numbers;
};

} // namespace prism::api
