#pragma once

#include "client/model/access.h"
#include "client/model/activity_model.h"
#include "client/model/administration.h"
#include "client/model/alerts_model.h"
#include "client/model/dashboard_model.h"
#include "client/model/feed_model.h"
#include "client/model/forecast_model.h"
#include "client/model/interventions.h"
#include "client/model/older_events.h"
#include "client/model/pairing.h"
#include "client/model/record_editor.h"
#include "client/model/record_removal.h"
#include "client/model/record_run.h"
#include "client/model/records_model.h"
#include "client/model/server_settings_model.h"
#include "client/model/snapshot.h"
#include "client/model/time_travel.h"
#include "client/model/trends_model.h"
#include "client/net/api.h"
#include "client/net/live_feed.h"

#include <QObject>
#include <QTimer>

namespace prism::model {

class Preferences;

// What stands in the way is the same in the window, which knows of no network.
using Hindrance = net::Hindrance;
using Certificate = net::Certificate;

/// Everything one window shows of one server: owns the connection and the models, and wires them together.
/// Lives on the GUI thread. Windows take the models by reference and must not outlive it.
class Workspace : public QObject
{
    Q_OBJECT

public:
    /// `server` as given to the dashboard, e.g. "http://127.0.0.1:3000".
    Workspace(const QUrl& server, protocol::Period period, const net::Options& options = {},
              QObject* parent = nullptr);

    /// Polls as often as the person wants, now and when that changes.
    void follow(const Preferences& preferences);

    /// Connects and loads. Not before the models are shown somewhere, so that nothing is missed.
    void start();

    /// Fetches the numbers anew, or tries to connect when there is no connection (F5). The rows are complete
    /// already.
    void reload();

    /// Shows what an earlier run saw until something newer comes. Before start().
    void restore(const Snapshot& snapshot);

    /// What is shown now, with at most a few hundred rows; nothing before there were any numbers.
    std::optional<Snapshot> snapshot() const;

    /// When what is shown was seen, as long as any of it is an earlier run's.
    std::optional<protocol::Timestamp> rememberedFrom() const;
    /// The same of the rows and alerts.
    std::optional<protocol::Timestamp> rowsRememberedFrom() const { return m_rowsRememberedFrom; }

    QUrl server() const { return m_api.server(); }

    /// What keeps the window from its server, as of the latest request.
    std::optional<Hindrance> hindrance() const { return m_api.hindrance(); }
    Access& access() { return m_access; }
    Pairing& pairing() { return m_pairing; }
    net::Trust& trust() { return m_api.trust(); }
    DashboardModel& dashboard() { return m_dashboard; }
    ActivityModel& activity() { return m_activity; }
    OlderEvents& olderEvents() { return m_olderEvents; }
    AlertsModel& alerts() { return m_alerts; }
    RecordsModel& records() { return m_records; }
    RecordEditor& recordEditor() { return m_recordEditor; }
    RecordRun& recordRun() { return m_recordRun; }
    RecordRemoval& recordRemoval() { return m_recordRemoval; }
    ServerSettingsModel& serverSettings() { return m_serverSettings; }
    Administration& administration() { return m_administration; }
    FeedModel& feed() { return m_feedModel; }
    TrendsModel& trends() { return m_trends; }
    ForecastModel& forecast() { return m_forecast; }
    TimeTravel& timeTravel() { return m_timeTravel; }
    Interventions& interventions() { return m_interventions; }

signals:
    /// The server has just raised it, or did so while it could not be heard.
    void alertRaised(const prism::protocol::Alert& alert);
    void alertAcknowledged(const QString& id);
    void rememberedChanged();
    void hindranceChanged();
    /// Which certificate is trusted, or which one is not.
    void trustChanged();

private:
    void onEvents(const QList<protocol::Event>& events);
    void startOver();
    void wireRecords();
    void onFeedState(net::FeedState state);
    void onDashboard();
    void look(protocol::Period period);
    void onForecast(const protocol::ForecastReport& forecast);
    void fetchHistory();
    void onHistory(const protocol::Result<PastEvents::Found>& found);

    void noteNamesOfRemoved(const QList<protocol::Event>& events);
    void noteAlert(const protocol::Event& event);

    const net::Clock m_clock;
    net::Api m_api;
    Access m_access;
    Pairing m_pairing;
    net::LiveFeed m_feed;
    DashboardModel m_dashboard;
    ActivityModel m_activity;
    OlderEvents m_olderEvents;
    AlertsModel m_alerts;
    RecordsModel m_records;
    RecordEditor m_recordEditor;
    RecordRun m_recordRun;
    RecordRemoval m_recordRemoval;
    ServerSettingsModel m_serverSettings;
    Administration m_administration;
    FeedModel m_feedModel;
    TrendsModel m_trends;
    ForecastModel m_forecast;
    TimeTravel m_timeTravel;
    Interventions m_interventions;
    std::optional<protocol::Timestamp> m_rowsRememberedFrom;
    QTimer m_historyRetry;
    PastEvents m_history;
};

} // namespace prism::model
