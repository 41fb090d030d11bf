#pragma once

#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/retros: retrospectives. Lives on its worker's thread.
class RetrosApi
{
public:
    RetrosApi(store::Database& database, const Writes& writes, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<http::Response> list(const http::Request& request) const;

    store::Database& m_database;
    const Writes& m_writes;
    const int m_maxJsonDepth;
};

} // namespace prism::api
