#pragma once

#include "server/api/routes.h"
#include "server/store/writing/write_queue.h"

namespace prism::api {

/// /health and /ready: whether the process lives, and whether it can serve; /api/v1/openapi.json: what there
/// is. Lives on its worker's thread.
class SystemApi
{
public:
    /// `epoch` is that of the database; all is borrowed.
    SystemApi(store::ReadConnection& database, store::WriteQueue& writes, const QString& epoch,
              Routes& routes);

private:
    http::Response health(const http::Request& request) const;
    protocol::Result<http::Response> description(const http::Request& request) const;
    protocol::Result<void> ready(const http::Request& request, const http::Reply& reply) const;

    store::ReadConnection& m_database;
    store::WriteQueue& m_writes;
    const QString& m_epoch;
};

} // namespace prism::api
