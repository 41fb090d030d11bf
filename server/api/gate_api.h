#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/rule_keeping.h"
#include "server/api/writes.h"

namespace prism::api {

/// POST /api/v1/gateway/check: judges an intent by the rules and stores the result as a check. Lives on its
/// worker's thread, where it judges unless that may take long.
class GateApi
{
public:
    GateApi(const Judging& judging, const Reads& reads, const Writes& writes, int maxJsonDepth,
            Routes& routes);

private:
    protocol::Result<void> check(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> judge(const rules::Edition& edition, const http::Request& request,
                                 const http::Reply& reply) const;

    const Judging& m_judging;
    const Reads& m_reads;
    const Writes& m_writes;
    const int m_maxJsonDepth;
};

} // namespace prism::api
