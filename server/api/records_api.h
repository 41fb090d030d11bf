#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/analytics/records: saved analytics definitions. Lives on its worker's thread.
class RecordsApi
{
public:
    RecordsApi(store::ReadConnection& database, const Reads& reads, const Writes& writes,
               const protocol::RecordLimits& limits, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> createBatch(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<http::Response> find(const http::Request& request) const;
    protocol::Result<void> update(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> remove(const http::Request& request, const http::Reply& reply) const;

    store::ReadConnection& m_database;
    const Reads& m_reads;
    const Writes& m_writes;
    const protocol::RecordLimits& m_limits;
    const int m_maxJsonDepth;
};

} // namespace prism::api
