#include "client/model/time_travel.h"

#include "client/model/log.h"

#include <algorithm>

namespace prism::model {

using protocol::Event;
using protocol::Timestamp;

namespace {

constexpr int pastHistoryLength = 100; // the most that a list gives at once

QString atField()
{
    return QStringLiteral("at");
}

QString toField()
{
    return QStringLiteral("to");
}

/// The end of what happened up to `at`: lists leave out what is at their end.
QString behind(Timestamp at)
{
    return protocol::toIso(at + std::chrono::milliseconds(1));
}

} // namespace

TimeTravel::TimeTravel(net::ApiClient& api, const ActivityModel& live, const net::Options& options,
                       QObject* parent)
    : QObject(parent)
    , m_live(live)
    , m_activity(options)
    , m_trends(api, options)
    , m_forecast(api, options)
    , m_numbers(api, options, options.timing.refreshGap,
                [this](const auto& asked, const auto& answer) { onDashboard(asked, answer); })
    , m_checks(api, options, options.timing.refreshGap,
               [this](const auto& asked, const auto& answer) {
                   onHistory(m_checkHistory, protocol::event_type::checkCompleted, asked, answer);
               })
    , m_retros(api, options, options.timing.refreshGap, [this](const auto& asked, const auto& answer) {
        onHistory(m_retroHistory, protocol::event_type::retroCreated, asked, answer);
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
    for (PacedFetch* fetch : {&m_numbers, &m_checks, &m_retros})
        fetch->forget();
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
    m_numbers.ask({QStringLiteral("/api/v1/analytics/dashboard"),
                   QUrlQuery({{QStringLiteral("period"), protocol::toString(m_period)},
                              {atField(), protocol::toIso(*m_at)}})});
    const QUrlQuery history(
        {{toField(), behind(*m_at)}, {QStringLiteral("limit"), QString::number(pastHistoryLength)}});
    m_checks.ask({QStringLiteral("/api/v1/gateway/checks"), history});
    m_retros.ask({QStringLiteral("/api/v1/retros"), history});
    m_trends.follow(m_period, m_at);
    m_forecast.follow(m_period, m_at);
}

/// While somebody drags on, answers on the way are shown as well; never one after that for the end.
bool TimeTravel::isCurrent(const PacedFetch::Wish& asked) const
{
    return asked.query.queryItemValue(atField()) == protocol::toIso(*m_at) &&
           asked.query.queryItemValue(QStringLiteral("period")) == protocol::toString(m_period);
}

void TimeTravel::onDashboard(const PacedFetch::Wish& asked, const Answered& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "time travel:" << answer.error().message;
        emit failed(answer.error());
        return;
    }
    const auto dashboard = protocol::dashboardFromJson(answer->data.toObject());
    if (!dashboard) {
        emit failed(dashboard.error());
        return;
    }
    m_dashboard = *dashboard;
    if (isCurrent(asked)) {
        m_graceTimer.stop();
        m_stale = false;
    }
    const auto shown = protocol::fromIso(asked.query.queryItemValue(atField()));
    QList<protocol::Alert> raised;
    for (const protocol::Alert& alert : std::as_const(m_dashboard->alerts)) {
        if (shown && alert.timestamp <= *shown)
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

void TimeTravel::onHistory(History& history, QLatin1String type, const PacedFetch::Wish& asked,
                           const Answered& answer)
{
    if (!answer)
        qCInfo(modelLog) << "time travel:" << answer.error().message;
    if (asked.query.queryItemValue(toField()) != behind(*m_at))
        return; // the next answer is for here
    const bool wasStale = isStale();
    history.events.clear(); // those of another moment would be a lie
    history.missing = !answer;
    const QJsonArray list = answer ? answer->data.toArray() : QJsonArray();
    for (const auto& json : list) {
        const QJsonObject object = json.toObject();
        if (const auto time = protocol::fromIso(object.value(QLatin1String("timestamp")).toString()))
            history.events.append({type, 0, object, *time});
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
        if (!listed && entry.time <= *m_at)
            events.append({entry.type, 0, entry.data, entry.time});
    }
    std::ranges::stable_sort(events, {}, &Event::timestamp);
    // They are in order, but not at these places in the log, which begins with 1.
    protocol::Seq place = -events.size();
    for (Event& event : events)
        event.seq = place++;
    m_activity.replace(events);
}

} // namespace prism::model
