#include "client/ui/settings/server_settings_words.h"

#include <QHash>

namespace prism::ui {

QStringList ServerSettingsWords::levels()
{
    return {QStringLiteral("strict"), QStringLiteral("standard"), QStringLiteral("relaxed")};
}

QString ServerSettingsWords::level(const QString& level)
{
    if (level == QLatin1String("strict"))
        return tr("Strict");
    return level == QLatin1String("relaxed") ? tr("Relaxed") : tr("Standard");
}

QString ServerSettingsWords::name(const QString& key)
{
    const QHash<QString, QString> names{
        {QStringLiteral("checkLevel"), tr("Strictness of checks")},
        {QStringLiteral("checkTimeoutMs"), tr("Time to judge a check")},
        {QStringLiteral("retentionDays"), tr("Checks are kept")},
        {QStringLiteral("alerts.violationSpikeEvidence"), tr("Violation spike, evidence above")},
        {QStringLiteral("alerts.performanceThresholdMs"), tr("Slow checks, from")},
        {QStringLiteral("alerts.performanceFactor"), tr("Slower checks, times the usual")},
        {QStringLiteral("alerts.usageDropShare"), tr("Drop in usage, below")},
        {QStringLiteral("alerts.qualityDropEvidence"), tr("Drop in quality, evidence above")}};
    return names.value(key, key);
}

QString ServerSettingsWords::hint(const QString& key)
{
    const QHash<QString, QString> hints{
        {QStringLiteral("checkLevel"), tr("How much a violated principle weighs")},
        {QStringLiteral("checkTimeoutMs"), tr("After that there is no verdict")},
        {QStringLiteral("retentionDays"), tr("Older ones go, what they counted stays")},
        {QStringLiteral("alerts.violationSpikeEvidence"),
         tr("At 7 one false alarm in 1,000 hours; more means fewer and later alerts")},
        {QStringLiteral("alerts.performanceThresholdMs"), tr("One check in 20 may take longer")},
        {QStringLiteral("alerts.performanceFactor"), tr("So many times as many slow checks as usual")},
        {QStringLiteral("alerts.usageDropShare"), tr("Of the people usual on that weekday")},
        {QStringLiteral("alerts.qualityDropEvidence"),
         tr("At 4 one false alarm in 50 days; more means fewer and later alerts")}};
    return hints.value(key);
}

QString ServerSettingsWords::unit(const QString& key)
{
    if (key.endsWith(QLatin1String("Ms")))
        return tr(" ms", "after a number");
    if (key.endsWith(QLatin1String("Days")))
        return tr(" days", "after a number");
    return key.endsWith(QLatin1String("Share")) ? QStringLiteral(" %") : QString();
}

QString ServerSettingsWords::alertKind(const QString& kind)
{
    const QHash<QString, QString> kinds{{QStringLiteral("violation_spike"), tr("Violation spike")},
                                        {QStringLiteral("performance_degradation"), tr("Slower checks")},
                                        {QStringLiteral("slow_checks"), tr("Slow checks")},
                                        {QStringLiteral("usage_drop"), tr("Drop in usage")},
                                        {QStringLiteral("quality_drop"), tr("Drop in quality")}};
    return kinds.value(kind, kind);
}

} // namespace prism::ui
