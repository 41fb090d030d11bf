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
    using Compute =
        std::function<protocol::Result<QJsonObject>(analytics::DashboardBuilder&, const analytics::Window&)>;

    void dashboard(const http::Request& request, const http::Reply& reply) const;

    /// Answers with what `compute` makes of the window asked for, beside the window's own facts.
    void answer(const http::Request& request, const http::Reply& reply, const Compute& compute) const;

    void cacheStats(const http::Request& request, const http::Reply& reply) const;
    void clearCache(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
