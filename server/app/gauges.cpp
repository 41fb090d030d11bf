#include "server/app/gauges.h"

namespace prism::app {

Gauges::Gauges(const store::Database& database, const store::WriteQueue& writes, const api::ReadPool& readers,
               const http::ConnectionQuota& quota, const http::TrustedProxies& proxies,
               const api::Allowance& allowance, const http::Budgets& budgets,
               std::vector<const http::Listener*> listeners, const realtime::Publisher& publisher,
               const realtime::Sessions& sessions, const log::Log& log, const io::tls::Entrance* tls)
    : m_database(database)
    , m_writes(writes)
    , m_readers(readers)
    , m_quota(quota)
    , m_proxies(proxies)
    , m_allowance(allowance)
    , m_budgets(budgets)
    , m_listeners(std::move(listeners))
    , m_publisher(publisher)
    , m_sessions(sessions)
    , m_log(log)
    , m_tls(tls)
{
}

telemetry::Levels Gauges::read() const
{
    const store::WriteQueue::Level queue = m_writes.level();
    telemetry::Levels levels;
    levels.seq = m_publisher.backlog().head();
    levels.connections = quint64(m_quota.taken());
    levels.pressure = pressure();
    levels.rates = m_allowance.refusals();
    levels.tls = tls();
    levels.queue = {queue.waiting.jobs, queue.waiting.rows, queue.waiting.bytes};
    levels.queueLimit = {queue.limit.jobs, queue.limit.rows, queue.limit.bytes};
    levels.queueRefusals = queue.refusals;
    const api::ReadPool::Level reads = m_readers.level();
    levels.reads = {
        reads.queue.waiting, quint64(reads.running), quint64(reads.readers), reads.queue.places, reads.done,
        reads.late,          reads.abandoned,        reads.queue.refusals};
    const store::Database::Size size = m_database.size();
    levels.databaseBytes = size.data;
    levels.logBytes = size.log;
    levels.logDropped = m_log.dropped();
    levels.sessions = m_sessions.figures();
    return levels;
}

telemetry::TlsLevels Gauges::tls() const
{
    if (m_tls == nullptr)
        return {};
    const io::tls::Figures figures = m_tls->figures();
    return {figures.done, figures.failed, figures.late, figures.plain, figures.running, figures.open};
}

telemetry::Pressure Gauges::pressure() const
{
    telemetry::Pressure pressure;
    pressure.unsentBytes = quint64(m_budgets.unsent.held());
    pressure.unsentCloses = m_budgets.unsent.ended();
    pressure.unfinishedBytes = quint64(m_budgets.bodies.held());
    pressure.unfinishedCloses = m_budgets.bodies.ended();
    pressure.slowReaders = m_budgets.slowReaders.load(std::memory_order_relaxed);
    pressure.connectionsRefused = m_quota.refused();
    pressure.unbelieved = m_proxies.unbelieved();
    for (const http::Listener* listener : m_listeners)
        pressure.acceptFailures += listener->failures();
    return pressure;
}

} // namespace prism::app
