#include "client/model/workspace.h"

#include "client/model/log.h"
#include "client/model/preferences.h"
#include "shared/protocol/event_data.h"

#include <algorithm>
#include <utility>

namespace prism::model {

namespace {

constexpr int liveHistoryLength = 200;

} // namespace

Workspace::Workspace(const QUrl& server, protocol::Period period, const net::Options& options,
                     QObject* parent)
    : QObject(parent)
    , m_clock(options.clock)
    , m_api(server, options)
    , m_access(m_api, options)
    , m_pairing(m_api, m_access, options)
    , m_feed(m_api, options)
    , m_dashboard(m_api, options, period)
    , m_activity(options)
    , m_olderEvents(m_api, m_activity)
    , m_records(m_api, options)
    , m_recordEditor(m_api)
    , m_recordRun(m_api)
    , m_recordRemoval(m_api)
    , m_serverSettings(m_api)
    , m_administration(m_api, options)
    , m_feedModel(m_feed, m_dashboard, options)
    , m_trends(m_api, options)
    , m_forecast(m_api, options)
    , m_timeTravel(m_api, m_activity, options)
    , m_interventions(m_api, m_alerts, Interventions::loggedInPerson())
    , m_history(m_api)
{
    wireRecords();
    m_historyRetry.setSingleShot(true);
    m_historyRetry.setInterval(options.timing.firstRetry);
    connect(&m_historyRetry, &QTimer::timeout, this, &Workspace::fetchHistory);
    connect(&m_feed, &net::LiveFeed::events, this, &Workspace::onEvents);
    connect(&m_feed, &net::LiveFeed::reloadNeeded, this, &Workspace::startOver);
    connect(&m_feed, &net::LiveFeed::polled, &m_dashboard, &DashboardModel::refresh);
    connect(&m_feed, &net::LiveFeed::polled, &m_access, &Access::ask);
    connect(&m_feed, &net::LiveFeed::stateChanged, this, &Workspace::onFeedState);
    connect(&m_feed, &net::LiveFeed::dashboardTold, &m_dashboard, &DashboardModel::tell);
    connect(&m_feed, &net::LiveFeed::trendTold, &m_trends, &TrendsModel::tell);
    connect(&m_feed, &net::LiveFeed::forecastTold, this, &Workspace::onForecast);
    connect(&m_dashboard, &DashboardModel::periodChanged, this, &Workspace::look);
    look(period);
    connect(&m_api, &net::Api::hindranceChanged, this, &Workspace::hindranceChanged);
    connect(&m_api.trust(), &net::Trust::changed, this, &Workspace::trustChanged);
    connect(&m_api.trust(), &net::Trust::changed, this, [this] {
        if (!m_api.trust().stranger() && m_feed.state() == net::FeedState::Offline)
            m_feed.retryNow();
    });
    connect(&m_dashboard, &DashboardModel::changed, this, &Workspace::onDashboard);
    connect(&m_dashboard, &DashboardModel::periodChanged, &m_timeTravel, &TimeTravel::setPeriod);
}

void Workspace::restore(const Snapshot& snapshot)
{
    // Whoever sets a clock back must not be told that it comes from the future.
    const protocol::Timestamp seenAt = std::min(snapshot.seenAt, m_clock.now());
    m_rowsRememberedFrom = seenAt;
    m_activity.replace(snapshot.activity);
    m_activity.setHasOlder(!snapshot.activity.isEmpty() && snapshot.activity.constFirst().seq > 1);
    m_alerts.merge(snapshot.alerts);
    m_alerts.doubtAll();
    m_trends.restore(snapshot.trends);
    m_dashboard.restore(snapshot.dashboard, seenAt);
    emit rememberedChanged();
}

std::optional<Snapshot> Workspace::snapshot() const
{
    const std::optional<protocol::Dashboard>& dashboard = m_dashboard.dashboard();
    if (!dashboard)
        return std::nullopt;
    const protocol::Timestamp seenAt = rememberedFrom().value_or(m_clock.now() - *m_dashboard.age());
    return Snapshot{m_api.server(),    seenAt,
                    *dashboard,        m_activity.newest(liveHistoryLength),
                    m_alerts.alerts(), m_trends.reports()};
}

std::optional<protocol::Timestamp> Workspace::rememberedFrom() const
{
    const std::optional<protocol::Timestamp> numbers = m_dashboard.rememberedFrom();
    return numbers ? numbers : m_rowsRememberedFrom;
}

void Workspace::wireRecords()
{
    // One's own changes are shown at once, whenever their events come.
    connect(&m_recordEditor, &RecordEditor::saved, &m_records, &RecordsModel::noteStored);
    connect(&m_recordRemoval, &RecordRemoval::restored, &m_records, &RecordsModel::noteStored);
    connect(&m_recordRemoval, &RecordRemoval::removedRecord, &m_records,
            [this](const protocol::Record& record) {
                m_activity.noteRecord(record.id, record.name);
                m_records.noteRemoved(record.id);
            });
    connect(&m_records, &RecordsModel::storedElsewhere, &m_recordEditor, &RecordEditor::noteStored);
    connect(&m_records, &RecordsModel::removedElsewhere, &m_recordEditor, &RecordEditor::noteRemoved);
    connect(&m_feed, &net::LiveFeed::polled, &m_records, &RecordsModel::refresh);
    connect(&m_feed, &net::LiveFeed::polled, &m_serverSettings, &ServerSettingsModel::refresh);
}

void Workspace::follow(const Preferences& preferences)
{
    m_feed.setPollInterval(preferences.pollInterval());
    connect(&preferences, &Preferences::pollIntervalChanged, &m_feed, &net::LiveFeed::setPollInterval);
}

void Workspace::start()
{
    m_dashboard.refresh();
    m_feed.start();
}

void Workspace::reload()
{
    m_dashboard.refresh();
    m_records.refresh();
    m_serverSettings.refresh();
    m_administration.refresh();
    m_timeTravel.reload();
    if (!m_feed.position())
        m_feed.retryNow();
}

void Workspace::startOver()
{
    m_dashboard.startOver();
    m_alerts.doubtAll();
    m_records.refresh();
    m_serverSettings.refresh();
    fetchHistory();
}

void Workspace::onEvents(const QList<protocol::Event>& events)
{
    noteNamesOfRemoved(events);
    m_activity.append(events);
    m_records.noteEvents(events);
    m_serverSettings.noteEvents(events);
    for (const protocol::Event& event : events) {
        if (event.type == protocol::event_type::alert ||
            event.type == protocol::event_type::alertAcknowledged)
            noteAlert(event);
    }
    m_dashboard.noteEvents(*m_feed.position());
}

void Workspace::noteNamesOfRemoved(const QList<protocol::Event>& events)
{
    for (const protocol::Event& event : events) {
        if (event.type != protocol::event_type::recordDeleted)
            continue;
        const QString id = event.data.value(QLatin1String("id")).toString();
        if (const int row = m_records.rowOf(id); row >= 0)
            m_activity.noteRecord(id, m_records.record(row).name);
    }
}

void Workspace::noteAlert(const protocol::Event& event)
{
    if (event.type == protocol::event_type::alert) {
        const auto alert = protocol::alertFromJson(event.data);
        if (!alert)
            return;
        m_alerts.add(*alert);
        emit alertRaised(*alert);
        return;
    }
    const auto acknowledged = protocol::alertAcknowledgedFromJson(event.data);
    if (!acknowledged)
        return;
    if (acknowledged->alert)
        m_alerts.add(*acknowledged->alert);
    else
        m_alerts.acknowledge(acknowledged->id, acknowledged->acknowledgement);
    emit alertAcknowledged(acknowledged->id);
}

void Workspace::onFeedState(net::FeedState state)
{
    m_dashboard.setLive(state == net::FeedState::Live, m_feed.lastHeard());
    if (state != net::FeedState::Live)
        return;
    m_access.ask();
    m_administration.refresh();
    m_timeTravel.reload();
    if (m_records.lastError())
        m_records.refresh();
    if (m_serverSettings.error())
        m_serverSettings.refresh();
}

void Workspace::onDashboard()
{
    if (!m_dashboard.rememberedFrom())
        m_alerts.merge(m_dashboard.dashboard()->alerts);
    if (m_dashboard.isTold())
        return;
    m_trends.follow(m_dashboard.dashboard()->period);
    m_forecast.follow(m_dashboard.dashboard()->period);
}

void Workspace::look(protocol::Period period)
{
    m_feed.look({period, TrendsModel::metrics(), ForecastModel::outlook(period)});
}

void Workspace::onForecast(const protocol::ForecastReport& forecast)
{
    if (forecast.period == m_dashboard.period()) // the one looked at before may still be on its way
        m_forecast.tell(forecast);
}

void Workspace::fetchHistory()
{
    m_historyRetry.stop();
    m_activity.hold();
    // What comes later is gathered by the activity itself.
    m_history.find(m_feed.position()->seq + 1, liveHistoryLength,
                   [this](const auto& found) { onHistory(found); });
}

void Workspace::onHistory(const protocol::Result<PastEvents::Found>& found)
{
    if (!found) {
        qCInfo(modelLog) << "activity:" << found.error().message << found.error().details;
        m_historyRetry.start();
        return;
    }
    m_activity.replace(found->events);
    m_activity.setHasOlder(found->hasOlder && !found->events.isEmpty());
    if (std::exchange(m_rowsRememberedFrom, std::nullopt))
        emit rememberedChanged();
}

} // namespace prism::model
