#pragma once

#include "server/api/allowance.h"
#include "server/api/read_pool.h"
#include "server/http/budgets.h"
#include "server/http/connection_quota.h"
#include "server/http/listener.h"
#include "server/http/trusted_proxies.h"
#include "server/io/tls/entrance.h"
#include "server/log/log.h"
#include "server/realtime/publisher.h"
#include "server/realtime/sessions.h"
#include "server/store/database.h"
#include "server/store/writing/write_queue.h"
#include "server/telemetry/telemetry.h"

namespace prism::app {

/// Reads what stands still and is measured where it is. Everything is borrowed; without TLS there is no
/// entrance. Used from any thread, until
/// the sessions stop.
class Gauges
{
public:
    Gauges(const store::Database& database, const store::WriteQueue& writes, const api::ReadPool& readers,
           const http::ConnectionQuota& quota, const http::TrustedProxies& proxies,
           const api::Allowance& allowance, const http::Budgets& budgets,
           std::vector<const http::Listener*> listeners, const realtime::Publisher& publisher,
           const realtime::Sessions& sessions, const log::Log& log, const io::tls::Entrance* tls);

    telemetry::Levels read() const;

private:
    telemetry::Pressure pressure() const;
    telemetry::TlsLevels tls() const;

    const store::Database& m_database;
    const store::WriteQueue& m_writes;
    const api::ReadPool& m_readers;
    const http::ConnectionQuota& m_quota;
    const http::TrustedProxies& m_proxies;
    const api::Allowance& m_allowance;
    const http::Budgets& m_budgets;
    const std::vector<const http::Listener*> m_listeners;
    const realtime::Publisher& m_publisher;
    const realtime::Sessions& m_sessions;
    const log::Log& m_log;
    const io::tls::Entrance* const m_tls;
};

} // namespace prism::app
