#pragma once

#include "server/api/analytics_query.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/analytics/reports/custom, and /records/{id}/result, which runs a saved definition as a report of
/// one row. Lives on its worker's thread.
class ReportsApi
{
public:
    ReportsApi(const Context& context, http::Router& router);

private:
    void custom(const http::Request& request, const http::Reply& reply) const;
    void result(const http::Request& request, const http::Reply& reply) const;
    bool reachesBehindWhatIsKept(const analytics::Span& span) const;

    const Context& m_context;
};

} // namespace prism::api
