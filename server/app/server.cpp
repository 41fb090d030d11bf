#include "server/app/server.h"

#include "server/api/api.h"
#include "server/api/dashboard_reader.h"
#include "server/api/stored_rules.h"
#include "server/app/identity.h"
#include "server/store/migrations.h"
#include "server/store/rollup_builder.h"
#include "server/store/rollup_history.h"
#include "server/store/settings_table.h"

#include <QDir>
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

/// Of the log of events, read at a time.
constexpr int mostRows = 256;
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

/// SQLite opens a file that it may not write for reading alone, and would stay with that. A statement that
/// would change something tells, whether or not it finds anything to change.
Result<void> checkWritable(store::Database& database, const QString& file)
{
    if (!database.execute("DELETE FROM settings WHERE name IS NULL"))
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The database %1 cannot be written to.").arg(file)});
    return {};
}

std::vector<realtime::FramePtr> framesOf(const std::vector<store::StoredEvent>& events)
{
    std::vector<realtime::FramePtr> frames;
    frames.reserve(events.size());
    for (const store::StoredEvent& event : events)
        frames.push_back(std::make_shared<realtime::Frame>(
            realtime::Frame{event.seq, event.type, event.project, realtime::textFrame(event.message)}));
    return frames;
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
    , m_limits(config.limits)
    , m_rules(config.isLoopbackOnly(), config.allowedOrigins)
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
    if (const Result<void> opened = openDatabase(); !opened)
        return opened;
    startWorkers();
    m_telemetry.sampleRates();
    m_sampling.start(samplingInterval);
    m_lock->announce(httpUrl());
    m_phase = Phase::Running;
    return {};
}

Result<void> Server::openDatabase()
{
    const QFileInfo file(m_config.databaseFile);
    if (!QDir().mkpath(file.absolutePath()))
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("The folder %1 cannot be made.").arg(file.absolutePath())});
    Result<store::DatabaseLock> lock = store::DatabaseLock::acquire(m_config.databaseFile);
    if (!lock)
        return Failure(lock.error());
    const auto database = store::Database::open(m_config.databaseFile, store::Database::Mode::ReadWrite);
    if (!database)
        return Failure(database.error());
    if (const Result<void> migrated = store::migrate(**database); !migrated)
        return migrated;
    if (const Result<void> writable = checkWritable(**database, m_config.databaseFile); !writable)
        return writable;
    m_watermark.emplace(m_config.databaseFile);
    const Result<Identity> identity = Identity::read(**database, *m_watermark, m_config.timezone);
    if (!identity)
        return Failure(identity.error());
    m_epoch = identity->position.epoch;
    m_head = identity->position.seq;
    m_zone = identity->zone;
    if (!m_watermark->note(identity->position))
        qCWarning(lcApp)
            << "nothing can be written beside the database: it will not be noticed when it is put "
               "back from a backup";
    if (const Result<void> built = store::buildRollups(**database, m_zone); !built)
        return built;
    if (const Result<void> read = readRules(**database); !read)
        return read;
    if (const Result<void> read = readSettings(**database); !read)
        return read;
    m_lock.emplace(std::move(*lock));
    return {};
}

/// The newest that were stored, else those that come with the program.
Result<void> Server::readRules(store::Database& database)
{
    const auto edition = api::readNewestRules(database);
    if (!edition)
        return Failure(edition.error());
    m_ruleBook.emplace(*edition);
    return {};
}

Result<void> Server::readSettings(store::Database& database)
{
    const auto settings = store::SettingsTable(database).settings();
    if (!settings)
        return Failure(settings.error());
    m_settings.emplace(*settings);
    return {};
}

Result<void> Server::listen()
{
    m_listener = std::make_unique<http::Listener>(
        [this](qintptr descriptor) { m_workers->adopt(descriptor, api::Listener::Main); }, nullptr);
    if (const Result<void> listening = listenAt(*m_listener, m_config.listen); !listening)
        return listening;
    if (!m_config.wsListen)
        return {};
    m_wsListener = std::make_unique<http::Listener>(
        [this](qintptr descriptor) { m_workers->adopt(descriptor, api::Listener::WebSocketOnly); }, nullptr);
    return listenAt(*m_wsListener, *m_config.wsListen);
}

void Server::startWorkers()
{
    m_hub = std::make_unique<realtime::Hub>(
        m_config.workers, m_epoch, m_head, m_config.backlogEvents, m_config.backlogBytes, m_config.realtime,
        [this] { return makeEventSource(); }, nullptr, [this] { return makeDashboardSource(); });
    store::Retention retention = m_config.retention;
    retention.checkDays = [this] { return m_settings->current()->retentionDays; };
    m_watch =
        std::make_unique<alerting::Watch>(m_writes, *m_settings, m_zone, [this] { return makeHistory(); });
    m_workers = std::make_unique<http::WorkerPool>(
        m_config.workers, m_config.maxConnections, m_limits, [this] { return makeHandler(); },
        [this](const http::HandedOver& connection) { handOver(connection); }, nullptr);
    m_writer = std::make_unique<store::Writer>(
        m_writes, m_config.databaseFile, m_head, m_zone,
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
    return std::make_unique<api::Api>(
        std::move(*database), m_writes, *m_hub, m_dashboards, *m_settings, m_epoch, m_zone,
        m_config.maxJsonDepth, m_config.records, m_config.retention.answers, m_rules, m_limits, m_telemetry,
        api::RuleContext{*m_ruleBook, [this] { return policy(); }, m_config.rules, m_config.intentLength,
                         m_config.ruleVersions});
}

rules::Policy Server::policy() const
{
    const store::SettingsPtr settings = m_settings->current();
    return {settings->checkLevel, settings->checkTimeout};
}

void Server::handOver(const http::HandedOver& connection)
{
    if (api::EventsApi::asksForStream(connection.request))
        m_hub->adoptStream(connection.descriptor,
                           api::EventsApi::streamRequest(connection.request, connection.streamHead),
                           connection.ticket);
    else
        m_hub->adoptWebSocket(connection.descriptor, connection.unread, connection.ticket);
}

realtime::EventSource Server::makeEventSource() const
{
    auto opened = store::Database::open(m_config.databaseFile, store::Database::Mode::ReadOnly);
    if (!opened)
        return [error = opened.error()](protocol::Seq, protocol::Seq,
                                        qint64) -> Result<std::vector<realtime::FramePtr>> {
            return Failure(error);
        };
    std::shared_ptr<store::Database> database = std::move(*opened);
    return [database](protocol::Seq from, protocol::Seq to,
                      qint64 bytes) -> Result<std::vector<realtime::FramePtr>> {
        const auto events = store::EventTable(*database).range(from, to, mostRows, bytes);
        if (!events)
            return Failure(events.error());
        return framesOf(*events);
    };
}

realtime::DashboardSource Server::makeDashboardSource()
{
    auto opened = store::Database::open(m_config.databaseFile, store::Database::Mode::ReadOnly);
    if (!opened)
        return {};
    std::shared_ptr<store::Database> database = std::move(*opened);
    const auto numbers = std::make_shared<store::RollupSource>(*database, m_zone);
    return [this, database, numbers](protocol::Period period) -> Result<realtime::EncodedDashboard> {
        const store::Snapshot snapshot(*database);
        api::DashboardReader reader(*database, *numbers, m_dashboards, m_epoch, m_zone);
        const Result<protocol::Position> position = reader.position();
        if (!position)
            return Failure(position.error());
        const auto window = analytics::Window::make(period, protocol::now(), m_zone, false);
        const QByteArray tag = api::DashboardReader::tagOf(*position, window, false);
        const Result<QByteArray> json = reader.encoded(window, *position, tag);
        if (!json)
            return Failure(json.error());
        return realtime::EncodedDashboard{position->seq, *json};
    };
}

std::unique_ptr<analytics::HistorySource> Server::makeHistory() const
{
    auto database = store::Database::open(m_config.databaseFile, store::Database::Mode::ReadOnly);
    if (!database)
        return nullptr;
    return std::make_unique<store::RollupHistory>(std::move(*database), m_zone);
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
    m_watermark->note({m_epoch, m_hub->backlog().head()});
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
