#pragma once

#include "server/api/entry_times.h"
#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/writes.h"

namespace prism::api {

/// /api/v1/gateway/reports: tools' result files as they are. Lives on its worker's thread.
class ResultFilesApi
{
public:
    ResultFilesApi(const Reads& reads, const Writes& writes, const EntryTimes& times, Routes& routes);

private:
    protocol::Result<void> create(const http::Request& request, const http::Reply& reply) const;

    const Reads& m_reads;
    const Writes& m_writes;
    const EntryTimes m_times;
};

} // namespace prism::api
