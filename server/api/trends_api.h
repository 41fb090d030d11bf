#pragma once

#include "server/analytics/trend_builder.h"
#include "server/api/routes.h"
#include "server/api/window_reading.h"

namespace prism::api {

/// /api/v1/analytics/trends/{metric} and /forecast: how a number went, and where it goes. Lives on its
/// worker's thread.
class TrendsApi
{
public:
    TrendsApi(const Numbers& numbers, Routes& routes);

private:
    protocol::Result<QJsonObject> trend(const http::Request& request) const;
    protocol::Result<QJsonObject> forecast(const http::Request& request) const;

    const Numbers& m_numbers;
};

} // namespace prism::api
