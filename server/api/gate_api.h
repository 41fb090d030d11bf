#pragma once

#include "server/api/routes.h"
#include "server/api/rule_keeping.h"
#include "server/api/writes.h"

namespace prism::api {

/// POST /api/v1/gateway/check: judges an intent by the rules and stores the result as a check. Lives on its
/// worker's thread, where it judges.
class GateApi
{
public:
    GateApi(const Judging& judging, const Writes& writes, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<void> check(const http::Request& request, const http::Reply& reply) const;

    const Judging& m_judging;
    const Writes& m_writes;
    const int m_maxJsonDepth;
};

} // namespace prism::api
