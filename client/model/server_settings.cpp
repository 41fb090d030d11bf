#include "client/model/server_settings.h"

#include <QJsonArray>

namespace prism::model {

namespace {

constexpr QLatin1String checkLevelKey("checkLevel"), checkTimeoutKey("checkTimeoutMs"),
    retentionKey("retentionDays"), alertsKey("alerts"), mutesKey("mutes"), kindKey("kind"), untilKey("until");

std::optional<int> wholeNumber(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

} // namespace

ServerSettings ServerSettings::fromJson(const QJsonObject& json)
{
    ServerSettings settings;
    settings.checkLevel = json.value(checkLevelKey).toString();
    settings.checkTimeoutMs = wholeNumber(json.value(checkTimeoutKey));
    settings.retentionDays = wholeNumber(json.value(retentionKey));
    const QJsonObject alerts = json.value(alertsKey).toObject();
    for (auto alert = alerts.begin(); alert != alerts.end(); ++alert) {
        if (alert.value().isDouble())
            settings.alerts.insert(alert.key(), alert.value().toDouble());
    }
    const QJsonArray mutes = json.value(mutesKey).toArray();
    for (const auto& mute : mutes) {
        if (const auto until = protocol::fromIso(mute[untilKey].toString()))
            settings.mutes.append({mute[kindKey].toString(), *until});
    }
    return settings;
}

QJsonObject ServerSettings::changesSince(const ServerSettings& before) const
{
    QJsonObject changes;
    if (checkLevel != before.checkLevel)
        changes.insert(checkLevelKey, checkLevel);
    if (checkTimeoutMs && checkTimeoutMs != before.checkTimeoutMs)
        changes.insert(checkTimeoutKey, *checkTimeoutMs);
    if (retentionDays && retentionDays != before.retentionDays)
        changes.insert(retentionKey, *retentionDays);
    QJsonObject changedAlerts;
    for (auto alert = alerts.begin(); alert != alerts.end(); ++alert) {
        if (!before.alerts.contains(alert.key()) || before.alerts.value(alert.key()) != alert.value())
            changedAlerts.insert(alert.key(), alert.value());
    }
    if (!changedAlerts.isEmpty())
        changes.insert(alertsKey, changedAlerts);
    return changes;
}

} // namespace prism::model
