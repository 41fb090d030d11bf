#pragma once

#include "server/api/numbers.h"
#include "server/api/routes.h"
#include "shared/protocol/comparison.h"

namespace prism::api {

/// /api/v1/analytics/compare: the numbers of one period beside those of another. Lives on its worker's
/// thread.
class CompareApi
{
public:
    CompareApi(const Numbers& numbers, Routes& routes);

private:
    protocol::Result<protocol::Comparison> compare(const http::Request& request) const;

    const Numbers& m_numbers;
};

} // namespace prism::api
