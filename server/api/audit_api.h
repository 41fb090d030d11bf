#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"

namespace prism::api {

/// /api/v1/audit: who did what, as a list and as lines to be kept elsewhere. Lives on its worker's thread.
class AuditApi
{
public:
    AuditApi(const Reads& reads, Routes& routes);

private:
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> lines(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
};

} // namespace prism::api
