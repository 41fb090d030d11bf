#include "server/app/gauges.h"

namespace prism::app {

Gauges::Gauges(const store::Database& database, const store::WriteQueue& writes,
               const http::ConnectionQuota& quota, const realtime::Publisher& publisher,
               const realtime::Sessions& sessions, const log::Log& log)
    : m_database(database)
    , m_writes(writes)
    , m_quota(quota)
    , m_publisher(publisher)
    , m_sessions(sessions)
    , m_log(log)
{
}

telemetry::Levels Gauges::read() const
{
    const store::WriteQueue::Level queue = m_writes.level();
    telemetry::Levels levels;
    levels.seq = m_publisher.backlog().head();
    levels.connections = quint64(m_quota.taken());
    levels.queue = {queue.waiting.jobs, queue.waiting.rows, queue.waiting.bytes};
    levels.queueLimit = {queue.limit.jobs, queue.limit.rows, queue.limit.bytes};
    levels.queueRefusals = queue.refusals;
    const store::Database::Size size = m_database.size();
    levels.databaseBytes = size.data;
    levels.logBytes = size.log;
    levels.logDropped = m_log.dropped();
    levels.sessions = m_sessions.figures();
    return levels;
}

} // namespace prism::app
