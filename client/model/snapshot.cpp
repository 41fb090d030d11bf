#include "client/model/snapshot.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace prism::model {

namespace {

constexpr int formatVersion = 2;

const QLatin1String versionField("version"), serverField("server"), seenAtField("seenAt"),
    dashboardField("dashboard"), activityField("activity"), alertsField("alerts"), trendsField("trends");

} // namespace

QByteArray Snapshot::encoded() const
{
    QJsonArray events;
    for (const protocol::Event& event : activity)
        events.append(QJsonDocument::fromJson(protocol::encode(event)).object());
    QJsonArray raised;
    for (const protocol::Alert& alert : alerts)
        raised.append(protocol::toJson(alert));
    QJsonArray courses;
    for (const protocol::TrendReport& trend : trends)
        courses.append(protocol::toJson(trend));
    const QJsonObject json{{versionField, formatVersion},
                           {serverField, server.toString()},
                           {seenAtField, protocol::toIso(seenAt)},
                           {dashboardField, protocol::toJson(dashboard)},
                           {activityField, events},
                           {alertsField, raised},
                           {trendsField, courses}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<Snapshot> Snapshot::fromEncoded(const QByteArray& bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (json.value(versionField).toInt() != formatVersion)
        return std::nullopt;
    const auto seenAt = protocol::fromIso(json.value(seenAtField).toString());
    const auto dashboard = protocol::dashboardFromJson(json.value(dashboardField).toObject());
    if (!seenAt || !dashboard)
        return std::nullopt;
    Snapshot snapshot{QUrl(json.value(serverField).toString()), *seenAt, *dashboard, {}, {}, {}};
    const QJsonArray events = json.value(activityField).toArray();
    for (const auto& value : events) {
        const auto event = protocol::eventFromJson(value.toObject());
        if (!event)
            return std::nullopt;
        snapshot.activity.append(*event);
    }
    const QJsonArray alerts = json.value(alertsField).toArray();
    for (const auto& value : alerts) {
        const auto alert = protocol::alertFromJson(value.toObject());
        if (!alert)
            return std::nullopt;
        snapshot.alerts.append(*alert);
    }
    const QJsonArray trends = json.value(trendsField).toArray();
    for (const auto& value : trends) {
        const auto trend = protocol::trendReportFromJson(value.toObject());
        if (!trend)
            return std::nullopt;
        snapshot.trends.append(*trend);
    }
    return snapshot;
}

} // namespace prism::model
