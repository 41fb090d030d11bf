#pragma once

#include "server/api/entry_times.h"
#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/retros: retrospectives. Lives on its worker's thread.
class RetrosApi
{
public:
    RetrosApi(const Reads& reads, const Writes& writes, int maxJsonDepth, const EntryTimes& times,
              qsizetype mostProjects, Routes& routes);

private:
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const EntryTimes m_times;
    const qsizetype m_mostProjects;
};

} // namespace prism::api
