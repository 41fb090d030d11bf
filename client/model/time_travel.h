#pragma once

#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"
#include "client/model/forecast_model.h"
#include "client/model/trends_model.h"

#include <optional>

namespace prism::model {

/// Everything as of a moment in the past, in models of its own, so that what is live goes on behind it
/// untouched. Numbers, trends and alerts come from the server; activity are the checks and retrospectives
/// before the moment by their own time, and from the live table, which it borrows, whatever else happened.
/// Lives on the GUI thread.
class TimeTravel : public QObject
{
    Q_OBJECT

public:
    TimeTravel(net::Api& api, const ActivityModel& live, const net::Options& options,
               QObject* parent = nullptr);

    /// Nothing while live.
    std::optional<protocol::Timestamp> at() const { return m_at; }

    /// Goes there, or on to there.
    void goTo(protocol::Timestamp at, protocol::Period period);
    void setPeriod(protocol::Period period);
    /// Asks for everything shown again.
    void reload();
    /// Back to what is live.
    void leave();

    /// Of at(), or of where one was before while that is under way; nothing before the first answer.
    const std::optional<protocol::Dashboard>& dashboard() const { return m_dashboard; }
    /// dashboard() is of another moment than at(), and has been for a while; or checks or retrospectives of
    /// that moment could not be had.
    bool isStale() const { return m_stale || m_checkHistory.missing || m_retroHistory.missing; }

    ActivityModel& activity() { return m_activity; }
    AlertsModel& alerts() { return m_alerts; }
    TrendsModel& trends() { return m_trends; }
    ForecastModel& forecast() { return m_forecast; }

signals:
    /// at() is another one.
    void moved();
    /// dashboard() or isStale() is another one.
    void changed();
    void failed(const prism::protocol::Error& error);

private:
    using Numbers = Latest<net::DashboardQuestion, protocol::Dashboard>;
    using Checks = Latest<net::HistoryQuestion, QList<protocol::Check>>;
    using Retros = Latest<net::HistoryQuestion, QList<protocol::Retro>>;

    /// What happened of one kind.
    struct History
    {
        QList<protocol::Event> events;
        bool missing = false; ///< the server did not give it
    };

    void fetch();
    void showAlerts(const QList<protocol::Alert>& alerts);
    void onDashboard(const net::DashboardQuestion& asked, const Numbers::Answer& answer);
    template <typename Entry>
    void onHistory(History& history, QLatin1String type, const net::HistoryQuestion& asked,
                   Latest<net::HistoryQuestion, QList<Entry>>& source,
                   const protocol::Result<net::Fresh<QList<Entry>>>& answer);
    void showActivity();

    const ActivityModel& m_live;
    ActivityModel m_activity;
    AlertsModel m_alerts;
    TrendsModel m_trends;
    ForecastModel m_forecast;
    Numbers m_numbers;
    Checks m_checks;
    Retros m_retros;
    std::optional<protocol::Timestamp> m_at;
    protocol::Period m_period = protocol::Period::Week;
    std::optional<protocol::Dashboard> m_dashboard;
    History m_checkHistory;
    History m_retroHistory;
    QTimer m_graceTimer;
    bool m_stale = false;
};

} // namespace prism::model
