#include "client/ui/alerts/alert_sentence.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/terms.h"

#include <QDateTime>

namespace prism::ui {

using protocol::Alert;
using protocol::AlertKind;

QString AlertSentence::of(const Alert& alert, const QLocale& locale)
{
    if (!alert.since)
        return alert.message;
    const Format format(locale);
    const QDateTime begin = protocol::toDateTime(*alert.since).toLocalTime();
    const QString since = format.moment(begin, QDateTime::currentDateTime());
    const QString value = format.decimal(alert.value);
    const QString expected = format.decimal(alert.expected);
    const QString checks = format.count(alert.checks.value_or(0));
    switch (alert.kind) {
    case AlertKind::ViolationSpike:
        return tr("%1 violations in %2 checks since %3, at most ten of a check; %4 are usual")
            .arg(value, checks, since, expected);
    case AlertKind::PerformanceDegradation:
        return tr("%1 of %2 checks since %3 took longer than %4; %5 are usual")
            .arg(value, checks, since, format.milliseconds(alert.limitMs), expected);
    case AlertKind::QualityDrop:
        return tr("%1 of %2 checks since %3 have violations; %4 are usual")
            .arg(value, checks, since, expected);
    case AlertKind::UsageDrop:
        return tr("%1 users were active on %2; %3 are usual on that weekday")
            .arg(value, locale.toString(begin.date(), QLocale::ShortFormat), expected);
    case AlertKind::SlowChecks:
        return tr("One check in 20 takes %1 or longer since %2; %3 are allowed")
            .arg(format.milliseconds(alert.value), since, format.milliseconds(alert.limitMs));
    case AlertKind::GateFailing:
        return alert.project.isEmpty()
                   ? tr("The gate %1 has been %2 since %3, in %4 checks in a row")
                         .arg(isolated(alert.gate), Terms::checkStatus(protocol::CheckStatus::Blocked), since,
                              checks)
                   : tr("The gate %1 of %2 has been %3 since %4, in %5 checks in a row")
                         .arg(isolated(alert.gate), isolated(alert.project),
                              Terms::checkStatus(protocol::CheckStatus::Blocked), since, checks);
    case AlertKind::Other:
        break;
    }
    return alert.message;
}

} // namespace prism::ui
