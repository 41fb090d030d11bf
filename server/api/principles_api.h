#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"
#include "server/service/rules.h"

namespace prism::api {

/// /api/v1/gateway/principles: the rules, and their earlier versions. Lives on its worker's thread.
class PrinciplesApi
{
public:
    PrinciplesApi(const Context& context, http::Router& router);

private:
    void show(const http::Request& request, const http::Reply& reply) const;
    void replace(const http::Request& request, const http::Reply& reply) const;
    void list(const http::Request& request, const http::Reply& reply) const;
    void showVersion(const http::Request& request, const http::Reply& reply) const;
    void restore(const http::Request& request, const http::Reply& reply) const;

    protocol::Result<rules::Edition> find(const QString& version) const;
    void adopt(const http::Request& request, const http::Reply& reply, const rules::RuleSetPtr& rules,
               std::optional<qint64> restoredFrom) const;

    const Context& m_context;
    const Writes m_writes;
    const service::Rules m_rules;
};

} // namespace prism::api
