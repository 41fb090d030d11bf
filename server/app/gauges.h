#pragma once

#include "server/http/connection_quota.h"
#include "server/log/log.h"
#include "server/realtime/publisher.h"
#include "server/realtime/sessions.h"
#include "server/store/database.h"
#include "server/store/writing/write_queue.h"
#include "server/telemetry/telemetry.h"

namespace prism::app {

/// Reads what stands still and is measured where it is. Everything is borrowed. Used from any thread, until
/// the sessions stop.
class Gauges
{
public:
    Gauges(const store::Database& database, const store::WriteQueue& writes,
           const http::ConnectionQuota& quota, const realtime::Publisher& publisher,
           const realtime::Sessions& sessions, const log::Log& log);

    telemetry::Levels read() const;

private:
    const store::Database& m_database;
    const store::WriteQueue& m_writes;
    const http::ConnectionQuota& m_quota;
    const realtime::Publisher& m_publisher;
    const realtime::Sessions& m_sessions;
    const log::Log& m_log;
};

} // namespace prism::app
