#include "client/ui/settings/server_settings_words.h"

#include "client/ui/alerts/alert_texts.h"
#include "client/ui/widgets/error_words.h"

#include <QHash>

namespace prism::ui {

using protocol::AlertKind;

QString ServerSettingsWords::state(model::ServerSettingsModel::State state,
                                   const std::optional<protocol::Error>& error, const QLocale& locale)
{
    using enum model::ServerSettingsModel::State;
    switch (state) {
    case Unknown:
    case Loading:
        return tr("Loading…");
    case Missing:
        return tr("This server has no settings that can be changed while it runs. They are given when it is "
                  "started.");
    case Refused:
        return tr("You are not allowed to see this server's settings. An administrator is.");
    case SignedOut:
        return tr("Sign in to see this server's settings.");
    case Failed:
        return tr("The settings could not be loaded: %1")
            .arg(error ? ErrorWords(locale).sentence(*error) : QString());
    case Ready:
        break;
    }
    return {};
}

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
        {QStringLiteral("mainBranches"), tr("Main branches")},
        {QStringLiteral("alerts.violationSpikeEvidence"),
         tr("%1, evidence above", "kind of alert").arg(AlertTexts::kindText(AlertKind::ViolationSpike))},
        {QStringLiteral("alerts.performanceThresholdMs"),
         tr("%1, from", "kind of alert").arg(AlertTexts::kindText(AlertKind::SlowChecks))},
        {QStringLiteral("alerts.performanceFactor"),
         tr("%1, times the usual", "kind of alert")
             .arg(AlertTexts::kindText(AlertKind::PerformanceDegradation))},
        {QStringLiteral("alerts.usageDropShare"),
         tr("%1, below", "kind of alert").arg(AlertTexts::kindText(AlertKind::UsageDrop))},
        {QStringLiteral("alerts.qualityDropEvidence"),
         tr("%1, evidence above", "kind of alert").arg(AlertTexts::kindText(AlertKind::QualityDrop))},
        {QStringLiteral("alerts.gateFailingMinutes"),
         tr("%1, after", "kind of alert").arg(AlertTexts::kindText(AlertKind::GateFailing))}};
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
        {QStringLiteral("alerts.usageDropShare"), tr("Of the users usual on that weekday")},
        {QStringLiteral("alerts.qualityDropEvidence"),
         tr("At 4 one false alarm in 50 days; more means fewer and later alerts")},
        {QStringLiteral("alerts.gateFailingMinutes"), tr("So long a gate of a main branch may be blocked")}};
    return hints.value(key);
}

QString ServerSettingsWords::unit(const QString& key)
{
    if (key.endsWith(QLatin1String("Ms")))
        return tr(" ms", "after a number");
    if (key.endsWith(QLatin1String("Days")))
        return tr(" days", "after a number");
    if (key.endsWith(QLatin1String("Minutes")))
        return tr(" min", "after a number");
    return key.endsWith(QLatin1String("Share")) ? QStringLiteral(" %") : QString();
}

} // namespace prism::ui
