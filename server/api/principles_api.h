#pragma once

#include "server/api/routes.h"
#include "server/api/rule_keeping.h"
#include "server/api/writes.h"
#include "server/service/rules.h"

namespace prism::api {

/// /api/v1/gateway/principles: the rules, and their earlier versions. Lives on its worker's thread.
class PrinciplesApi
{
public:
    PrinciplesApi(store::Database& database, const RuleKeeping& keeping, const Writes& writes,
                  int maxJsonDepth, Routes& routes);

private:
    http::Response show(const http::Request& request) const;
    protocol::Result<void> replace(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<http::Response> list(const http::Request& request) const;
    protocol::Result<http::Response> showVersion(const http::Request& request) const;
    protocol::Result<void> restore(const http::Request& request, const http::Reply& reply) const;

    protocol::Result<rules::Edition> find(const QString& version) const;
    protocol::Result<void> adopt(const http::Request& request, const http::Reply& reply,
                                 const rules::RuleSetPtr& rules, std::optional<qint64> restoredFrom) const;

    store::Database& m_database;
    const RuleKeeping& m_keeping;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const service::Rules m_rules;
};

} // namespace prism::api
