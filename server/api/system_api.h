#pragma once

#include "server/api/reads.h"
#include "server/api/ready_probe.h"
#include "server/api/routes.h"
#include "server/realtime/publisher.h"

namespace prism::api {

/// /health and /ready: whether the process lives, and whether it can serve; /api/v1/openapi.json: what there
/// is. Lives on its worker's thread.
class SystemApi
{
public:
    /// `epoch` is that of the database; all is borrowed.
    SystemApi(const Reads& reads, ReadyProbe& probe, const realtime::Publisher& publisher,
              const QString& epoch, Routes& routes);

private:
    http::Response health(const http::Request& request) const;
    protocol::Result<void> description(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> ready(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    ReadyProbe& m_probe;
    const realtime::Publisher& m_publisher;
    const QString& m_epoch;
    QObject m_here; ///< on this worker's thread
};

} // namespace prism::api
