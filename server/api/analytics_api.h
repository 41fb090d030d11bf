#pragma once

#include "server/analytics/dashboard.h"
#include "server/api/dashboard_cache.h"
#include "server/api/numbers.h"
#include "server/api/routes.h"
#include "shared/protocol/window_numbers.h"

namespace prism::api {

/// /api/v1/analytics: the numbers of one window, and the cache they come from. Lives on its worker's thread.
class AnalyticsApi
{
public:
    AnalyticsApi(const Numbers& numbers, DashboardCache& dashboards, Routes& routes);

private:
    protocol::Result<http::Response> dashboard(const http::Request& request) const;
    protocol::Result<protocol::WindowNumbers<protocol::Usage>> usage(const http::Request& request) const;
    protocol::Result<protocol::WindowNumbers<protocol::Quality>> quality(const http::Request& request) const;
    protocol::Result<protocol::WindowNumbers<protocol::Performance>>
    performance(const http::Request& request) const;
    DashboardCache::Figures cacheStats(const http::Request& request) const;
    protocol::Result<http::Response> clearCache(const http::Request& request) const;

    /// This part of the numbers of the window asked for, beside the window's own facts.
    template <typename Part>
    protocol::Result<protocol::WindowNumbers<Part>>
    read(const http::Request& request,
         protocol::Result<Part> (analytics::DashboardBuilder::*part)(const analytics::Window&)) const;

    const Numbers& m_numbers;
    DashboardCache& m_dashboards;
};

} // namespace prism::api
