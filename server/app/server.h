#pragma once

#include "server/api/access_rules.h"
#include "server/api/dashboard_cache.h"
#include "server/api/noise_book.h"
#include "server/api/services.h"
#include "server/api/sign_in.h"
#include "server/app/admin_commands.h"
#include "server/app/admin_socket.h"
#include "server/app/commit_relay.h"
#include "server/app/gauges.h"
#include "server/app/opened_database.h"
#include "server/app/ports.h"
#include "server/http/worker_pool.h"
#include "server/realtime/hub.h"
#include "server/store/writing/writer.h"

namespace prism::app {

/// The whole server: the one place where its parts are wired together. Lives on the main thread, and is
/// called on no other: what other threads share are the parts themselves.
class Server : public QObject
{
    Q_OBJECT

public:
    /// `log` outlives it.
    Server(const Config& config, const log::Log& log, QObject* parent = nullptr);
    ~Server() override;

    /// Takes the database and the ports. On an error nothing is left started; Unavailable with the owner's
    /// address among the details when another server has the database.
    protocol::Result<void> start();

    /// Stops accepting, answers what is in flight, closes sessions with 1001, writes what is queued, closes
    /// the database; stopped() follows, within a few seconds at the most.
    void stop();

    /// Reads anew what may change while it runs, which is certificate and key of TLS.
    void reload();

    /// It stopped, or is stopping, because nothing can be written any more.
    bool hasFailed() const { return m_hasFailed; }

    /// Of Ports.
    QString httpUrl() const;
    QString wsUrl() const;
    QString metricsUrl() const;

signals:
    void stopped();

private:
    protocol::Result<void> openReaders();
    protocol::Result<void> startWorkers();
    void compileRules();
    void listenToCommands();
    api::Services services();
    void noteHead();
    void noteUses();
    void note(const service::Refusals::Folded& refused);
    void fail();
    void onHttpDrained();
    void onSessionsDrained();
    void onPortsDrained();

    const Config m_config;
    const log::Log& m_log;
    const http::TrustedProxies m_proxies{m_config.proxies};
    const api::AccessRules m_access;
    service::Refusals m_refusals;
    service::Pairings m_pairings;
    service::Tickets m_tickets;
    std::unique_ptr<api::SignIn> m_signIn;
    api::DashboardCache m_dashboards;
    statistics::Findings m_findings;
    api::NoiseBook m_noise;
    std::unique_ptr<OpenedDatabase> m_opened;
    std::unique_ptr<AdminSocket> m_admin;
    store::WriteQueue m_writes;
    api::ReadyProbe m_readyProbe{m_writes, m_config.readyTimeout};
    http::ConnectionQuota m_quota;
    api::Allowance m_allowance{m_config.allowanceLimits()};
    http::Budgets m_budgets;
    http::AnswerBell m_answers;
    std::unique_ptr<realtime::Publisher> m_publisher;
    std::unique_ptr<realtime::Hub> m_hub;
    std::unique_ptr<telemetry::Telemetry> m_telemetry;
    std::unique_ptr<alerting::Watch> m_watch;
    std::unique_ptr<CommitRelay> m_relay;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<api::ReadPool> m_readers;
    std::unique_ptr<http::WorkerPool> m_workers;
    std::unique_ptr<Ports> m_ports;
    QTimer m_deadline;
    QTimer m_sampling;
    enum class Phase {
        New,
        Running,
        DrainingHttp,
        DrainingSessions,
        DrainingPorts,
        Stopped
    } m_phase = Phase::New;
    bool m_hasFailed = false;
};

} // namespace prism::app
