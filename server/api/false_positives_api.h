#pragma once

#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/gateway/false-positives: the findings that people said are none. Lives on its worker's thread.
class FalsePositivesApi
{
public:
    FalsePositivesApi(const Reads& reads, const Writes& writes, qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> forget(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const Writes& m_writes;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
