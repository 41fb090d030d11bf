#pragma once

#include "server/api/ready_probe.h"
#include "server/api/routes.h"

namespace prism::api {

/// /health and /ready: whether the process lives, and whether it can serve; /api/v1/openapi.json: what there
/// is. Lives on its worker's thread.
class SystemApi
{
public:
    /// `epoch` is that of the database; all is borrowed.
    SystemApi(store::ReadConnection& database, ReadyProbe& probe, const QString& epoch, Routes& routes);

private:
    http::Response health(const http::Request& request) const;
    protocol::Result<http::Response> description(const http::Request& request) const;
    protocol::Result<void> ready(const http::Request& request, const http::Reply& reply) const;

    store::ReadConnection& m_database;
    ReadyProbe& m_probe;
    const QString& m_epoch;
};

} // namespace prism::api
