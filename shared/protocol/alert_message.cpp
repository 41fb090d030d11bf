#include "shared/protocol/alert.h"

#include <cmath>

namespace prism::protocol {

namespace {

QString number(double value)
{
    return QString::number(std::round(value * 10) / 10, 'g', 12);
}

} // namespace

QString messageOf(const Alert& alert)
{
    const QString value = number(alert.value);
    const QString expected = number(alert.expected);
    const QString checks = QString::number(alert.checks.value_or(0));
    const QString since = toIso(alert.since.value_or(alert.bucket));
    const QString limit = number(alert.limitMs.value_or(0));
    switch (alert.kind) {
    case AlertKind::ViolationSpike:
        return QStringLiteral("%1 violations in %2 checks since %3, at most ten of a check; %4 are usual.")
            .arg(value, checks, since, expected);
    case AlertKind::PerformanceDegradation:
        return QStringLiteral("%1 of %2 checks since %3 took longer than %4 ms; %5 are usual.")
            .arg(value, checks, since, limit, expected);
    case AlertKind::QualityDrop:
        return QStringLiteral("%1 of %2 checks since %3 have violations; %4 are usual.")
            .arg(value, checks, since, expected);
    case AlertKind::UsageDrop:
        return QStringLiteral(
                   "%1 people were active on the day that began at %2; %3 are usual on that weekday.")
            .arg(value, since, expected);
    case AlertKind::SlowChecks:
        return QStringLiteral(
                   "In each of the last two hours since %1 that had 20 checks or more, one check in 20 "
                   "took longer than %2 ms; in the last one %3 ms.")
            .arg(since, limit, value);
    case AlertKind::GateFailing:
        return alert.project.isEmpty()
                   ? QStringLiteral("The gate %1 has been BLOCKED since %2, %3 checks in a row.")
                         .arg(alert.gate, since, checks)
                   : QStringLiteral("The gate %1 of %2 has been BLOCKED since %3, %4 checks in a row.")
                         .arg(alert.gate, alert.project, since, checks);
    case AlertKind::Other:
        break;
    }
    return {};
}

} // namespace prism::protocol
