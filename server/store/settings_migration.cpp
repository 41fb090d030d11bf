#include "server/store/settings_migration.h"

#include "server/store/log.h"
#include "server/store/tables/settings_writer.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace prism::store {

namespace {

constexpr QLatin1String settingsName("settings"), alertsField("alerts"), factorField("performanceFactor");

/// Of robust scores, by their names, and what they were unless somebody set them.
constexpr std::array<std::pair<QLatin1String, double>, 4> scores{
    {{QLatin1String("violationSpikeScore"), 2.5},
     {QLatin1String("violationSpikeHighScore"), 3.5},
     {QLatin1String("violationSpikeMinimum"), 5},
     {QLatin1String("qualityDropScore"), 2.5}}};

/// It was one of times, from 1.
constexpr double factorBefore = 3, leastFactor = 1.2;

QStringList reset(QJsonObject& alerts)
{
    QStringList changed;
    for (const auto& [name, standard] : scores) {
        if (alerts.contains(name) && alerts.take(name).toDouble() != standard)
            changed.append(QString(name));
    }
    if (alerts.value(factorField).toDouble(factorBefore) < leastFactor) {
        alerts.remove(factorField);
        changed.append(QString(factorField));
    }
    return changed;
}

} // namespace

Result<void> resetAlertScores(WriteConnection& connection)
{
    SettingsWriter table(connection);
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, table.value(settingsName));
    if (!stored)
        return {};
    QJsonObject settings = QJsonDocument::fromJson(stored->toUtf8()).object();
    QJsonObject alerts = settings.value(alertsField).toObject();
    const QStringList changed = reset(alerts);
    settings.insert(alertsField, alerts);
    if (!changed.isEmpty())
        qCWarning(lcStore).noquote()
            << "alerts are judged in another way now, so what was set has its default again:"
            << changed.join(QStringLiteral(", "));
    return table.setValue(settingsName,
                          QString::fromUtf8(QJsonDocument(settings).toJson(QJsonDocument::Compact)));
}

} // namespace prism::store
