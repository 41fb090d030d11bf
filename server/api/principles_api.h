#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/rule_keeping.h"
#include "server/api/writes.h"
#include "server/service/rules.h"

namespace prism::api {

/// /api/v1/gateway/principles: the rules, and their earlier versions. Lives on its worker's thread.
class PrinciplesApi
{
public:
    PrinciplesApi(const Reads& reads, const RuleKeeping& keeping, const Writes& writes, int maxJsonDepth,
                  Routes& routes);

private:
    protocol::Result<void> show(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> replace(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> showVersion(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> restore(const http::Request& request, const http::Reply& reply) const;

    protocol::Result<void> adopt(const http::Request& request, const http::Reply& reply,
                                 const rules::RuleSetPtr& rules, std::optional<qint64> restoredFrom) const;

    const Reads& m_reads;
    const RuleKeeping& m_keeping;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const service::Rules m_rules;
};

} // namespace prism::api
