#pragma once

#include "server/api/check_limits.h"
#include "server/api/entry_times.h"
#include "server/api/query_reader.h"
#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"
#include "server/store/tables/check_query.h"

namespace prism::api {

/// /api/v1/gateway/checks: results of quality gates. Lives on its worker's thread.
class ChecksApi
{
public:
    ChecksApi(const Reads& reads, const Writes& writes, int maxJsonDepth, const EntryTimes& times,
              const CheckLimits& limits, qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> find(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> violations(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> mark(const http::Request& request, const http::Reply& reply) const;
    store::CheckQuery readQuery(QueryReader& query) const;

    const Reads& m_reads;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const EntryTimes m_times;
    const CheckLimits m_limits;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
