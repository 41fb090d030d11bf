#include "client/ui/widgets/terms.h"

#include <QHash>

namespace prism::ui {

using protocol::CheckStatus;
using protocol::Period;
using protocol::RetroType;
using protocol::Severity;

QString Terms::period(Period period)
{
    switch (period) {
    case Period::Today:
        return tr("Today");
    case Period::Week:
        return tr("Week");
    case Period::Month:
        return tr("Month");
    case Period::Year:
        return tr("Year");
    case Period::All:
        break;
    }
    return tr("All", "period");
}

QString Terms::metric(const QString& name)
{
    const QHash<QString, QString> words{
        {QStringLiteral("totalChecks"), tr("Total checks")},
        {QStringLiteral("violations"), tr("Violations")},
        {QStringLiteral("violationRate"), tr("Violation rate")},
        {QStringLiteral("checksWithViolations"), tr("Checks with violations")},
        {QStringLiteral("falsePositiveRate"), tr("False positives")},
        {QStringLiteral("patternMatchAccuracy"), tr("Pattern accuracy")},
        {QStringLiteral("successRate"), tr("Success rate")},
        {QStringLiteral("activeUsers"), tr("Active users")},
        {QStringLiteral("dailyActiveUsers"), tr("Users per day")},
        {QStringLiteral("activeSessions"), tr("Active sessions")},
        {QStringLiteral("avgCheckTime"), tr("Average check time")},
        {QStringLiteral("minCheckTime"), tr("Shortest check time")},
        {QStringLiteral("maxCheckTime"), tr("Longest check time")},
        {QStringLiteral("p50CheckTime"), tr("Check time, p50")},
        {QStringLiteral("p95CheckTime"), tr("Check time, p95")},
        {QStringLiteral("p99CheckTime"), tr("Check time, p99")},
        {QStringLiteral("slowChecks"), tr("Slow checks")},
        {QStringLiteral("blockedChecks"), tr("Blocked checks")},
        {QStringLiteral("totalRetrospectives"), tr("Retrospectives")},
        {QStringLiteral("avgDuration"), tr("Time per retrospective")}};
    return words.value(name, name);
}

QString Terms::checkStatus(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Pass:
        return tr("PASS", "status of a check");
    case CheckStatus::Warning:
        return tr("WARNING", "status of a check");
    case CheckStatus::Blocked:
        break;
    }
    return tr("BLOCKED", "status of a check");
}

QString Terms::severity(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return tr("INFO", "severity of a violation");
    case Severity::Warning:
        return tr("WARNING", "severity of a violation");
    case Severity::Block:
        break;
    }
    return tr("BLOCK", "severity of a violation");
}

QString Terms::origin(protocol::CheckOrigin origin)
{
    switch (origin) {
    case protocol::CheckOrigin::Ci:
        return tr("CI");
    case protocol::CheckOrigin::Local:
        return tr("a local machine");
    case protocol::CheckOrigin::Agent:
        return tr("an agent's machine");
    }
    return {};
}

QString Terms::retroType(RetroType type)
{
    switch (type) {
    case RetroType::Quick:
        return tr("Quick");
    case RetroType::Standard:
        return tr("Standard");
    case RetroType::Deep:
        break;
    }
    return tr("Deep");
}

} // namespace prism::ui
