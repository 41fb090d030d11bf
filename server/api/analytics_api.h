#pragma once

#include "server/analytics/dashboard.h"
#include "server/api/context.h"
#include "server/api/query_reader.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/analytics: the numbers. Lives on its worker's thread.
class AnalyticsApi
{
public:
    AnalyticsApi(const Context& context, http::Router& router);

private:
    void dashboard(const http::Request& request, const http::Reply& reply) const;

    /// Answers with what `compute` makes of the window asked for, beside the window's own facts.
    void answer(const http::Request& request, const http::Reply& reply, protocol::Period fallback,
                const std::function<protocol::Result<QJsonObject>(analytics::DashboardBuilder&,
                                                                  const analytics::Window&)>& compute) const;

    protocol::Result<analytics::Window> window(const http::Request& request, protocol::Period fallback) const;
    protocol::Result<protocol::Position> position() const;

    const Context m_context;
};

} // namespace prism::api
