#pragma once

#include "server/analytics/trend_builder.h"
#include "server/api/analytics_query.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/analytics/trends/{metric} and /forecast: how a number went, and where it goes. Lives on its
/// worker's thread.
class TrendsApi
{
public:
    TrendsApi(const Context& context, http::Router& router);

private:
    void trend(const http::Request& request, const http::Reply& reply) const;
    void forecast(const http::Request& request, const http::Reply& reply) const;

    /// Within a snapshot.
    protocol::Result<protocol::Trend> read(analytics::TrendMetric metric,
                                           const analytics::Window& window) const;

    const Context& m_context;
};

} // namespace prism::api
