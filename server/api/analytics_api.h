#pragma once

#include "server/analytics/dashboard.h"
#include "server/api/dashboard_cache.h"
#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/realtime/publisher.h"
#include "shared/protocol/window_numbers.h"

namespace prism::api {

/// /api/v1/analytics: the numbers of one window, and the cache they come from. Lives on its worker's thread.
class AnalyticsApi
{
public:
    /// What is borrowed outlives it; the epoch is that of the database, `mostProjects` of one request.
    AnalyticsApi(const Reads& reads, DashboardCache& dashboards, const NoiseBook& noise,
                 const realtime::Publisher& publisher, const QString& epoch, const QTimeZone& zone,
                 qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> dashboard(const http::Request& request, const http::Reply& reply) const;
    std::optional<http::Response> knownDashboard(const http::Request& request, protocol::Period period,
                                                 const QStringList& projects) const;
    protocol::Result<void> usage(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> quality(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> performance(const http::Request& request, const http::Reply& reply) const;
    DashboardCache::Figures cacheStats(const http::Request& request) const;
    http::Response clearCache(const http::Request& request) const;

    /// This part of the numbers of the window asked for, beside the window's own facts.
    template <typename Part>
    protocol::Result<void>
    read(const http::Request& request, const http::Reply& reply,
         protocol::Result<Part> (analytics::DashboardBuilder::*part)(const analytics::Window&)) const;

    const Reads& m_reads;
    DashboardCache& m_dashboards;
    const NoiseBook& m_noise;
    const realtime::Publisher& m_publisher;
    const QString& m_epoch;
    const QTimeZone& m_zone;
    const qsizetype m_mostProjects; ///< of one request
};

} // namespace prism::api
