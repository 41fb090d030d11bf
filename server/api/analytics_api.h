#pragma once

#include "server/analytics/dashboard.h"
#include "server/api/context.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/analytics: the numbers of one window, and the cache they come from. Lives on its worker's thread.
class AnalyticsApi
{
public:
    AnalyticsApi(const Context& context, http::Router& router);

private:
    void dashboard(const http::Request& request, const http::Reply& reply) const;
    void usage(const http::Request& request, const http::Reply& reply) const;
    void quality(const http::Request& request, const http::Reply& reply) const;
    void performance(const http::Request& request, const http::Reply& reply) const;

    /// Answers with this part of the numbers of the window asked for, beside the window's own facts.
    template <typename Part>
    void answer(const http::Request& request, const http::Reply& reply,
                protocol::Result<Part> (analytics::DashboardBuilder::*part)(const analytics::Window&)) const;

    void cacheStats(const http::Request& request, const http::Reply& reply) const;
    void clearCache(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
