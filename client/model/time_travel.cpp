#include "client/model/time_travel.h"

#include "client/model/log.h"

#include <QJsonDocument>

#include <algorithm>

namespace prism::model {

using protocol::Event;
using protocol::Timestamp;

namespace {

constexpr int pastHistoryLength = 100; // the most that a list gives at once

QJsonObject dataOf(const QByteArray& encoded)
{
    return QJsonDocument::fromJson(encoded).object();
}

} // namespace

TimeTravel::TimeTravel(net::Api& api, const ActivityModel& live, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_live(live)
    , m_activity(options)
    , m_trends(api, options)
    , m_forecast(api, options)
    , m_numbers(api, &net::Api::dashboard, options, options.timing.refreshGap,
                [this](const auto& asked, auto, const auto& answer) { onDashboard(asked, answer); })
    , m_checks(api, &net::Api::checks, options, options.timing.refreshGap,
               [this](const auto& asked, auto, const auto& answer) {
                   onHistory(m_checkHistory, protocol::event_type::checkCompleted, asked, m_checks, answer);
               })
    , m_retros(api, &net::Api::retros, options, options.timing.refreshGap,
               [this](const auto& asked, auto, const auto& answer) {
                   onHistory(m_retroHistory, protocol::event_type::retroCreated, asked, m_retros, answer);
               })
{
    m_graceTimer.setSingleShot(true);
    m_graceTimer.setInterval(options.timing.grace);
    connect(&m_graceTimer, &QTimer::timeout, this, [this] {
        m_stale = true;
        emit changed();
    });
}

void TimeTravel::goTo(Timestamp at, protocol::Period period)
{
    if (m_at == at && m_period == period)
        return;
    const bool elsewhere = m_at != at;
    m_at = at;
    m_period = period;
    if (!m_graceTimer.isActive())
        m_graceTimer.start();
    if (elsewhere)
        emit moved();
    fetch();
}

void TimeTravel::setPeriod(protocol::Period period)
{
    if (m_at)
        goTo(*m_at, period);
}

void TimeTravel::reload()
{
    if (m_at)
        fetch();
}

void TimeTravel::leave()
{
    if (!m_at)
        return;
    m_at.reset();
    m_graceTimer.stop();
    m_stale = false;
    m_dashboard.reset();
    m_numbers.forget();
    m_checks.forget();
    m_retros.forget();
    m_trends.forget();
    m_forecast.forget();
    m_checkHistory = {};
    m_retroHistory = {};
    showAlerts({});
    m_activity.replace({});
    emit moved();
}

void TimeTravel::fetch()
{
    m_numbers.ask({m_period, m_at});
    m_checks.ask({*m_at, pastHistoryLength});
    m_retros.ask({*m_at, pastHistoryLength});
    m_trends.follow(m_period, m_at);
    m_forecast.follow(m_period, m_at);
}

/// While somebody drags on, answers on the way are shown as well; never one after that for the end.
void TimeTravel::onDashboard(const net::DashboardQuestion& asked, const Numbers::Answer& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "time travel:" << answer.error().message << answer.error().details;
        emit failed(answer.error());
        return;
    }
    if (answer->value)
        m_dashboard = *answer->value;
    if (asked == net::DashboardQuestion{m_period, m_at}) {
        m_graceTimer.stop();
        m_stale = false;
    }
    QList<protocol::Alert> raised;
    for (const protocol::Alert& alert : std::as_const(m_dashboard->alerts)) {
        if (alert.timestamp <= *asked.at)
            raised.append(alert);
    }
    showAlerts(raised);
    emit changed();
}

void TimeTravel::showAlerts(const QList<protocol::Alert>& alerts)
{
    m_alerts.doubtAll();
    m_alerts.merge(alerts);
}

template <typename Entry>
void TimeTravel::onHistory(History& history, QLatin1String type, const net::HistoryQuestion& asked,
                           Latest<net::HistoryQuestion, QList<Entry>>& source,
                           const protocol::Result<net::Fresh<QList<Entry>>>& answer)
{
    if (!answer)
        qCInfo(modelLog) << "time travel:" << answer.error().message << answer.error().details;
    if (asked.upTo != *m_at)
        return source.forgetAnswer(); // it is not taken; the next one is for here
    const bool wasStale = isStale();
    history.missing = !answer;
    if (!answer) {
        history.events.clear(); // those of another moment would be a lie
        source.forgetAnswer();
    } else if (answer->value) {
        history.events.clear();
        for (const Entry& entry : *answer->value)
            history.events.append({type, 0, dataOf(encode(entry)), entry.timestamp});
    }
    showActivity();
    if (!answer)
        emit failed(answer.error());
    if (isStale() != wasStale)
        emit changed();
}

void TimeTravel::showActivity()
{
    QList<Event> events = m_checkHistory.events + m_retroHistory.events;
    for (int row = 0; row < m_live.rowCount(); ++row) {
        const ActivityEntry& entry = m_live.entry(row);
        const bool listed =
            entry.kind == ActivityKind::CheckCompleted || entry.kind == ActivityKind::RetroCreated;
        if (entry.kind == ActivityKind::RecordDeleted)
            m_activity.noteRecord(entry.object().value(QLatin1String("id")).toString(), entry.subject);
        if (!listed && entry.time <= *m_at)
            events.append({entry.type, 0, entry.data, entry.time});
    }
    std::ranges::stable_sort(events, {}, &Event::timestamp);
    // They are in order, but not at these places in the log, which begins with 1.
    protocol::Seq place = -events.size();
    for (Event& event : events)
        event.seq = place++;
    m_activity.replace(events);
    m_activity.setHasOlder(std::max(m_checkHistory.events.size(), m_retroHistory.events.size()) >=
                           pastHistoryLength);
}

} // namespace prism::model
