#include "server/app/server.h"

#include "server/api/api.h"
#include "server/api/reading.h"
#include "server/app/descriptor_room.h"
#include "server/app/sources.h"
#include "server/service/rules.h"
#include "server/service/tokens.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

#include <future>

Q_LOGGING_CATEGORY(lcApp, "prism.app")

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr std::chrono::milliseconds longestDrain{5'000};
constexpr std::chrono::milliseconds longestLastWords{2'000}; // of TLS, to who does not read them
constexpr std::chrono::milliseconds samplingInterval{1'000};
constexpr std::chrono::milliseconds longestWaitForRules{300};

Result<std::unique_ptr<http::Handler>> makeHandler(const store::Database& database,
                                                   const api::Services& services)
{
    PRISM_TRY_ASSIGN(auto connection, database.openReader());
    return std::make_unique<api::Api>(std::move(connection), services);
}

rules::Policy policyOf(const store::SettingsBook& settings)
{
    const store::SettingsPtr current = settings.current();
    return {current->checkLevel, current->checkTimeout};
}

} // namespace

Server::Server(const Config& config, const log::Log& log, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_log(log)
    , m_access(config.hosts(), config.allowedOrigins, config.hasTls() ? "https" : "http", config.publicUrl)
    , m_noise([this](api::NoiseBook::Work work) { m_readers->submitOwn(std::move(work)); },
              [this] { m_hub->refreshViews(); })
    , m_writes(config.writeQueue)
    , m_quota(connectionLimits(config))
    , m_budgets(config.unsentBytes, config.unfinishedBytes)
{
    m_deadline.setSingleShot(true);
    connect(&m_sampling, &QTimer::timeout, this, [this] {
        m_telemetry->sampleRates();
        noteHead();
        noteUses();
        note(m_refusals.takeDue(protocol::now()));
    });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::DrainingPorts) {
            onPortsDrained();
            return;
        }
        qCWarning(lcApp) << "not everything was finished in time; going on with stopping";
        if (m_phase == Phase::DrainingHttp)
            onHttpDrained();
        else
            onSessionsDrained();
    });
}

Server::~Server()
{
    // Closed and kept: whoever is still served may ask what they count.
    if (m_ports)
        m_ports->close();
    if (m_readers)
        m_readers->stop();
    note(m_refusals.takeAll());
    m_writer.reset();
    m_watch.reset();
    if (m_workers)
        m_workers->stop();
    m_hub.reset();
    m_ports.reset();
    m_workers.reset();
}

Result<void> Server::start()
{
    // The ports first: where they are taken, nothing is left behind.
    m_ports = std::make_unique<Ports>(
        m_config, m_proxies, m_quota,
        [this](io::Descriptor descriptor, int port, http::ConnectionQuota::Ticket ticket) {
            m_workers->adopt(std::move(descriptor), port, std::move(ticket));
        });
    PRISM_TRY(m_ports->open());
    Result<std::unique_ptr<OpenedDatabase>> opened = openDatabase(m_config);
    if (!opened)
        return Failure(opened.error());
    m_opened = std::move(*opened);
    m_signIn =
        std::make_unique<api::SignIn>(m_opened->tokens, m_tickets, m_refusals, m_config.auth == Auth::On);
    PRISM_TRY(openReaders());
    PRISM_TRY(startWorkers());
    PRISM_TRY(checkRoom());
    compileRules();
    m_noise.begin();
    m_telemetry->sampleRates();
    m_sampling.start(samplingInterval);
    listenToCommands();
    m_opened->database->announce(httpUrl());
    m_phase = Phase::Running;
    return {};
}

void Server::reload()
{
    if (m_phase == Phase::Running)
        m_ports->reload();
}

Result<void> Server::openReaders()
{
    const Identity& identity = m_opened->identity;
    m_publisher = std::make_unique<realtime::Publisher>(identity.position.seq, m_config.backlogEvents,
                                                        m_config.backlogBytes);
    PRISM_TRY_ASSIGN(m_readers,
                     api::ReadPool::open({*m_opened->database, identity.position.epoch, identity.zone,
                                          m_noise, m_publisher->backlog(), m_answers, m_findings},
                                         m_config.reading));
    return {};
}

Result<void> Server::startWorkers()
{
    const store::Database& database = *m_opened->database;
    const Identity& identity = m_opened->identity;
    const protocol::Position& position = identity.position;
    m_hub = std::make_unique<realtime::Hub>(
        m_config.workers, position.epoch, *m_publisher, m_config.realtime,
        [&database] { return makeEventSource(database); },
        [&database, &identity, &dashboards = m_dashboards, &noise = m_noise, &findings = m_findings] {
            return makeUpdateSource(database, dashboards, noise, findings, identity.position.epoch,
                                    identity.zone);
        },
        m_budgets.unsent);
    PRISM_TRY(m_hub->start());
    m_telemetry = std::make_unique<telemetry::Telemetry>(
        [gauges = Gauges(database, m_writes, *m_readers, m_quota, m_proxies, m_allowance, m_budgets,
                         m_ports->listeners(), *m_publisher, m_hub->sessions(), m_log, m_ports->tls())] {
            return gauges.read();
        });
    store::SettingsBook& settings = m_opened->settings;
    store::Retention retention = m_config.retention;
    retention.checkDays = [&settings] { return settings.current()->retentionDays; };
    m_watch = std::make_unique<alerting::Watch>(m_writes, settings, identity.zone, [&database, &identity] {
        return makeHistory(database, identity.zone);
    });
    m_workers = std::make_unique<http::WorkerPool>(
        m_config.workers, m_quota, m_config.probeConnections, m_budgets, m_answers, m_config.limits,
        [&database, services = services()] { return makeHandler(database, services); });
    PRISM_TRY(m_workers->start());
    m_relay = std::make_unique<CommitRelay>(*m_publisher, m_answers, *m_watch, *m_telemetry,
                                            [this] { QMetaObject::invokeMethod(this, &Server::fail); });
    m_writer =
        std::make_unique<store::Writer>(m_writes, database, position.seq, identity.zone, *m_relay, retention);
    connect(m_workers.get(), &http::WorkerPool::drained, this, &Server::onHttpDrained);
    connect(m_hub.get(), &realtime::Hub::drained, this, &Server::onSessionsDrained);
    connect(m_ports.get(), &Ports::drained, this, &Server::onPortsDrained);
    return {};
}

/// Most rules are ready at once. Those that are not keep nothing waiting but the gate.
void Server::compileRules()
{
    const auto done = std::make_shared<std::promise<void>>();
    std::future<void> isDone = done->get_future();
    m_readers->submitOwn([done, &book = m_opened->rules](api::Reading& reading) {
        const auto stored = service::storedRules(reading.numbers.database, book.current().version);
        const auto edition = stored ? service::compiled(*stored, [&] { return reading.patience.isOver(); })
                                    : Failure(stored.error());
        if (edition && !edition->rules->objections().isEmpty())
            qCWarning(lcApp).noquote() << "the stored rules hold, though they would not be taken now:"
                                       << edition->rules->objections().join(QLatin1String("; "));
        if (edition)
            book.publish(*edition);
        else if (!reading.patience.reason())
            qCCritical(lcApp).noquote() << "the stored rules cannot be used:" << edition.error().message
                                        << edition.error().details.join(QLatin1Char(';'));
        done->set_value();
    });
    (void)isDone.wait_for(longestWaitForRules);
}

/// Who cannot be reached by sub-commands serves all the same, and they say so themselves.
void Server::listenToCommands()
{
    m_admin =
        std::make_unique<AdminSocket>(AdminSocket::pathIn(m_config.dataFolder),
                                      [commands = AdminCommands(m_config, m_writes, *m_opened, m_pairings)](
                                          const QByteArray& line, const AdminSocket::Answer& answer) mutable {
                                          commands.carryOut(line, answer);
                                      });
    if (const Result<void> listening = m_admin->listen(); !listening)
        qCInfo(lcApp).noquote() << listening.error().message
                                << "Sub-commands that need this server will not find it.";
}

api::Services Server::services()
{
    const Identity& identity = m_opened->identity;
    return {.writes = m_writes,
            .readyProbe = m_readyProbe,
            .readers = *m_readers,
            .publisher = *m_publisher,
            .sessions = m_hub->sessions(),
            .dashboards = m_dashboards,
            .noise = m_noise,
            .settings = m_opened->settings,
            .hooks = m_opened->hooks,
            .telemetry = *m_telemetry,
            .proxies = m_proxies,
            .quota = m_quota,
            .allowance = m_allowance,
            .access = m_access,
            .signIn = *m_signIn,
            .tokens = m_opened->tokens,
            .pairings = m_pairings,
            .tickets = m_tickets,
            .judging = {m_opened->rules, [&settings = m_opened->settings] { return policyOf(settings); },
                        m_config.intentLength},
            .rules = {m_opened->rules, m_config.rules, m_config.ruleVersions},
            .epoch = identity.position.epoch,
            .zone = identity.zone,
            .limits = m_config.limits,
            .records = m_config.records,
            .maxJsonDepth = m_config.maxJsonDepth,
            .mostQueryNames = m_config.mostQueryNames,
            .mostProjects = m_config.realtime.mostProjects,
            .checks = m_config.checks,
            .mostTokens = m_config.mostTokens,
            .entryTimes = m_config.entryTimes,
            .hookTolerance = m_config.hookTolerance,
            .answersRemembered = m_config.retention.answers};
}

/// What is published is on disk.
void Server::noteHead()
{
    m_opened->database->note({m_opened->identity.position.epoch, m_publisher->backlog().head()});
}

/// To the minute, so that it costs a write a minute at the most.
void Server::noteUses()
{
    const QHash<QString, protocol::Timestamp> uses = m_opened->tokens.takeUses();
    if (uses.isEmpty())
        return;
    m_writes.submit<bool>(
        [uses](store::Transaction& transaction) -> Result<bool> {
            PRISM_TRY(service::Tokens::noteUses(transaction, uses));
            return true;
        },
        [](const Result<bool>&) {});
}

/// What cannot be written now is tried again.
void Server::note(const service::Refusals::Folded& refused)
{
    if (refused.empty())
        return;
    m_writes.submit<bool>(
        [refused](store::Transaction& transaction) -> Result<bool> {
            PRISM_TRY(service::Refusals::write(transaction, refused));
            return true;
        },
        [&all = m_refusals, refused](const Result<bool>& written) {
            if (!written)
                all.putBack(refused);
        });
}

void Server::fail()
{
    m_hasFailed = true;
    stop();
}

void Server::stop()
{
    if (m_phase != Phase::Running)
        return;
    m_phase = Phase::DrainingHttp;
    m_sampling.stop();
    note(m_refusals.takeAll());
    m_ports->close();
    m_admin->close();
    m_deadline.start(longestDrain);
    m_readers->hurry();
    m_workers->drain();
}

void Server::onHttpDrained()
{
    if (m_phase != Phase::DrainingHttp)
        return;
    m_phase = Phase::DrainingSessions;
    m_readers->stop();
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
    m_hub->stop();
    m_phase = Phase::DrainingPorts;
    m_deadline.start(longestLastWords);
    m_ports->drain();
}

void Server::onPortsDrained()
{
    if (m_phase != Phase::DrainingPorts)
        return;
    m_phase = Phase::Stopped;
    m_deadline.stop();
    emit stopped();
}

QString Server::httpUrl() const
{
    return m_ports->httpUrl();
}

QString Server::wsUrl() const
{
    return m_ports->wsUrl();
}

QString Server::metricsUrl() const
{
    return m_ports->metricsUrl();
}

} // namespace prism::app
