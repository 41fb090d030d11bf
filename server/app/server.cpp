#include "server/app/server.h"

#include "server/api/api.h"
#include "server/app/sources.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcApp, "prism.app")

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr std::chrono::milliseconds longestDrain{5'000};
constexpr std::chrono::milliseconds samplingInterval{1'000};

QString hostAndPort(const QHostAddress& address, quint16 port)
{
    const bool v6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (v6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address.toString()).arg(port);
}

Result<void> listenAt(http::Listener& listener, const Endpoint& endpoint)
{
    if (listener.listen(endpoint.address, endpoint.port))
        return {};
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("Cannot listen at %1: %2.")
                             .arg(hostAndPort(endpoint.address, endpoint.port), listener.errorString())});
}

/// What alerts themselves bring about is no reason to judge anew.
bool isOfAlert(const store::StoredEvent& event)
{
    return event.type == protocol::event_type::alert || event.type == protocol::event_type::alertAcknowledged;
}

} // namespace

Server::Server(const Config& config, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_access(config.isLoopbackOnly(), config.allowedOrigins)
    , m_writes(config.writeQueue)
    , m_telemetry([this] { return levels(); })
{
    m_deadline.setSingleShot(true);
    connect(&m_sampling, &QTimer::timeout, this, [this] {
        m_telemetry.sampleRates();
        noteHead();
    });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        qCWarning(lcApp) << "not everything was finished in time; going on with stopping";
        if (m_phase == Phase::DrainingHttp)
            onHttpDrained();
        else
            onSessionsDrained();
    });
}

Server::~Server()
{
    m_listener.reset();
    m_wsListener.reset();
    m_writer.reset();
    m_watch.reset();
    if (m_workers)
        m_workers->stop();
    m_hub.reset();
    m_workers.reset();
}

Result<void> Server::start()
{
    // The ports first: where they are taken, nothing is left behind. Whoever connects waits in the kernel's
    // queue until the event loop runs.
    if (const Result<void> listening = listen(); !listening)
        return listening;
    Result<std::unique_ptr<OpenedDatabase>> opened = openDatabase(m_config);
    if (!opened)
        return Failure(opened.error());
    m_opened = std::move(*opened);
    startWorkers();
    m_telemetry.sampleRates();
    m_sampling.start(samplingInterval);
    m_opened->lock.announce(httpUrl());
    m_phase = Phase::Running;
    return {};
}

Result<void> Server::listen()
{
    m_listener = std::make_unique<http::Listener>(
        [this](qintptr descriptor) { m_workers->adopt(descriptor, api::Port::Main); }, nullptr);
    if (const Result<void> listening = listenAt(*m_listener, m_config.listen); !listening)
        return listening;
    if (!m_config.wsListen)
        return {};
    m_wsListener = std::make_unique<http::Listener>(
        [this](qintptr descriptor) { m_workers->adopt(descriptor, api::Port::WebSocketOnly); }, nullptr);
    return listenAt(*m_wsListener, *m_config.wsListen);
}

void Server::startWorkers()
{
    const QString& file = m_config.databaseFile;
    const Identity& identity = m_opened->identity;
    const protocol::Position& position = identity.position;
    m_hub = std::make_unique<realtime::Hub>(
        m_config.workers, position.epoch, position.seq, m_config.backlogEvents, m_config.backlogBytes,
        m_config.realtime, [&file] { return makeEventSource(file); }, nullptr,
        [this, &file, &identity] {
            return makeDashboardSource(file, m_dashboards, identity.position.epoch, identity.zone);
        });
    store::Retention retention = m_config.retention;
    retention.checkDays = [this] { return m_opened->settings.current()->retentionDays; };
    m_watch = std::make_unique<alerting::Watch>(m_writes, m_opened->settings, identity.zone,
                                                [&] { return makeHistory(file, identity.zone); });
    m_workers = std::make_unique<http::WorkerPool>(
        m_config.workers, m_config.maxConnections, m_config.limits, [this] { return makeHandler(); },
        nullptr);
    m_writer = std::make_unique<store::Writer>(
        m_writes, file, position.seq, identity.zone,
        store::Writer::Hooks{[this](const store::Commit& commit) { count(commit); },
                             [this](const std::vector<store::StoredEvent>& events) { publish(events); },
                             [this] { settle(); }},
        retention);
    connect(m_workers.get(), &http::WorkerPool::drained, this, &Server::onHttpDrained);
    connect(m_hub.get(), &realtime::Hub::drained, this, &Server::onSessionsDrained);
}

std::unique_ptr<http::Handler> Server::makeHandler()
{
    auto database = store::Database::open(m_config.databaseFile, store::Database::Mode::ReadOnly);
    if (!database) {
        qCCritical(lcApp).noquote() << database.error().message;
        return nullptr;
    }
    const Identity& identity = m_opened->identity;
    return std::make_unique<api::Api>(
        std::move(*database),
        api::Services{.writes = m_writes,
                      .hub = *m_hub,
                      .dashboards = m_dashboards,
                      .settings = m_opened->settings,
                      .telemetry = m_telemetry,
                      .access = m_access,
                      .rules = {m_opened->rules, [this] { return policy(); }, m_config.rules,
                                m_config.intentLength, m_config.ruleVersions},
                      .epoch = identity.position.epoch,
                      .zone = identity.zone,
                      .limits = m_config.limits,
                      .records = m_config.records,
                      .maxJsonDepth = m_config.maxJsonDepth,
                      .answersRemembered = m_config.retention.answers});
}

rules::Policy Server::policy() const
{
    const store::SettingsPtr settings = m_opened->settings.current();
    return {settings->checkLevel, settings->checkTimeout};
}

void Server::publish(const std::vector<store::StoredEvent>& events)
{
    m_hub->publish(framesOf(events));
    m_telemetry.countPublished(events.size());
    m_watchIsDue = !std::all_of(events.begin(), events.end(), isOfAlert);
}

/// Answers first: they are few, where a push may go to thousands.
void Server::settle()
{
    m_workers->sendAnswers();
    m_hub->wake();
    if (std::exchange(m_watchIsDue, false))
        m_watch->wake();
}

void Server::count(const store::Commit& commit)
{
    if (commit.succeeded)
        m_telemetry.commits().countCommit(commit.weight.jobs, commit.events, commit.duration);
    else
        m_telemetry.commits().countFailure();
}

/// What is published is on disk.
void Server::noteHead()
{
    m_opened->watermark->note({m_opened->identity.position.epoch, m_hub->backlog().head()});
}

telemetry::Levels Server::levels() const
{
    const store::WriteQueue::Level queue = m_writes.level();
    telemetry::Levels levels;
    levels.seq = m_hub->backlog().head();
    levels.connections = quint64(m_workers->openConnections());
    levels.queue = {queue.waiting.jobs, queue.waiting.rows, queue.waiting.bytes};
    levels.queueLimit = {queue.limit.jobs, queue.limit.rows, queue.limit.bytes};
    levels.queueRefusals = queue.refusals;
    levels.databaseBytes = quint64(QFileInfo(m_config.databaseFile).size());
    levels.logBytes = quint64(QFileInfo(m_config.databaseFile + QLatin1String("-wal")).size());
    levels.sessions = m_hub->figures();
    return levels;
}

void Server::stop()
{
    if (m_phase != Phase::Running)
        return;
    m_phase = Phase::DrainingHttp;
    m_sampling.stop();
    m_listener->close();
    if (m_wsListener)
        m_wsListener->close();
    m_deadline.start(longestDrain);
    m_workers->drain();
}

void Server::onHttpDrained()
{
    if (m_phase != Phase::DrainingHttp)
        return;
    m_phase = Phase::DrainingSessions;
    m_writer.reset();
    m_watch.reset();
    noteHead();
    m_workers->stop();
    m_deadline.start(longestDrain);
    m_hub->drain();
}

void Server::onSessionsDrained()
{
    if (m_phase != Phase::DrainingSessions)
        return;
    m_phase = Phase::Stopped;
    m_deadline.stop();
    m_hub->stop();
    emit stopped();
}

QString Server::httpUrl() const
{
    return QStringLiteral("http://") + hostAndPort(m_listener->serverAddress(), m_listener->serverPort());
}

QString Server::wsUrl() const
{
    const http::Listener& listener = m_wsListener ? *m_wsListener : *m_listener;
    return QStringLiteral("ws://%1/ws").arg(hostAndPort(listener.serverAddress(), listener.serverPort()));
}

} // namespace prism::app
