#pragma once

#include "server/api/analytics_query.h"
#include "server/http/router.h"
#include "shared/protocol/dashboard.h"

namespace prism::api {

/// /api/v1/analytics/compare: the numbers of one period beside those of another. Lives on its worker's
/// thread.
class CompareApi
{
public:
    CompareApi(const Context& context, http::Router& router);

private:
    void compare(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
};

} // namespace prism::api
