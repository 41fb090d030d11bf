#include "server/app/gauges.h"

#include <QFileInfo>

namespace prism::app {

Gauges::Gauges(const QString& databaseFile, const store::WriteQueue& writes,
               const http::ConnectionQuota& quota, const realtime::Publisher& publisher,
               const realtime::Sessions& sessions)
    : m_databaseFile(databaseFile)
    , m_writes(writes)
    , m_quota(quota)
    , m_publisher(publisher)
    , m_sessions(sessions)
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
    levels.databaseBytes = quint64(QFileInfo(m_databaseFile).size());
    levels.logBytes = quint64(QFileInfo(m_databaseFile + QLatin1String("-wal")).size());
    levels.sessions = m_sessions.figures();
    return levels;
}

} // namespace prism::app
