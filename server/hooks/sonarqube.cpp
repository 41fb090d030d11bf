#include "server/hooks/sonarqube.h"

#include "server/hooks/payload.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/try.h"

namespace prism::hooks {

using protocol::CheckStatus;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

constexpr qsizetype valueLength = 100;
constexpr qsizetype mostConditions = 1'000;

std::optional<CheckStatus> gateStatusOf(const QString& gate)
{
    if (gate == QLatin1String("OK"))
        return CheckStatus::Pass;
    if (gate == QLatin1String("WARN"))
        return CheckStatus::Warning;
    if (gate == QLatin1String("ERROR"))
        return CheckStatus::Blocked;
    return std::nullopt;
}

/// "70.9 is less than 80".
QString messageOf(const QString& value, const QString& condition, const QString& limit)
{
    const bool isLess = condition == QLatin1String("LESS_THAN");
    if (!isLess && condition != QLatin1String("GREATER_THAN"))
        return value;
    return (isLess ? QStringLiteral("%1 is less than %2") : QStringLiteral("%1 is greater than %2"))
        .arg(value, limit);
}

/// A condition that holds, or of which nothing is known, is no violation.
void readCondition(ObjectReader& reader, protocol::Check& check)
{
    const QString metric = textIn(reader, QLatin1String("metric"), nameLength, Presence::Required);
    const QString status = textIn(reader, QLatin1String("status"), stateLength, Presence::Required);
    const QString value = textIn(reader, QLatin1String("value"), valueLength);
    const QString condition = textIn(reader, QLatin1String("operator"), stateLength);
    const bool isGrave = status == QLatin1String("ERROR");
    if (!isGrave && status != QLatin1String("WARN"))
        return;
    const QString limit = textIn(
        reader, isGrave ? QLatin1String("errorThreshold") : QLatin1String("warningThreshold"), valueLength);
    Violation violation;
    violation.principleId = metric;
    violation.severity = isGrave ? Severity::Block : Severity::Warning;
    violation.message = messageOf(value, condition, limit);
    check.violations.append(violation);
}

} // namespace

Result<Told> readSonarqube(const Delivery& delivery, int maxJsonDepth)
{
    PRISM_TRY_ASSIGN(const QJsonObject json, protocol::parseObject(delivery.body, maxJsonDepth));
    protocol::Problems problems;
    ObjectReader payload(json, problems);
    Run run;
    protocol::Check& check = run.check;
    check.origin = protocol::CheckOrigin::Ci;
    const QString analysis = textIn(payload, QLatin1String("status"), stateLength, Presence::Required);
    const QString task = textIn(payload, QLatin1String("taskId"), nameLength);
    check.commit = textIn(payload, QLatin1String("revision"), nameLength);
    setTimes(run, {}, timeIn(payload, QLatin1String("analysedAt")));
    run.told = timeIn(payload, QLatin1String("changedAt")).value_or(run.told);
    payload.nested(QLatin1String("project"), Presence::Required, [&](ObjectReader& project) {
        check.project = textIn(project, QLatin1String("key"), nameLength, Presence::Required);
        check.url = textIn(project, QLatin1String("url"), urlLength);
    });
    payload.nested(QLatin1String("branch"), Presence::Optional, [&](ObjectReader& branch) {
        check.branch = textIn(branch, QLatin1String("name"), branchLength);
        if (const QString url = textIn(branch, QLatin1String("url"), urlLength); !url.isEmpty())
            check.url = url;
    });
    QString gate;
    payload.nested(QLatin1String("qualityGate"), Presence::Optional, [&](ObjectReader& reader) {
        gate = textIn(reader, QLatin1String("status"), stateLength, Presence::Required);
        check.gate = textIn(reader, QLatin1String("name"), gateLength, Presence::Required);
        reader.objects(QLatin1String("conditions"), Presence::Optional, mostConditions,
                       [&](ObjectReader& condition) { readCondition(condition, check); });
    });
    PRISM_TRY(checkRead(problems));
    if (analysis != QLatin1String("SUCCESS"))
        return Ignored{QStringLiteral("the analysis ended with \"%1\" and has no result").arg(analysis)};
    const auto status = gateStatusOf(gate);
    if (!status)
        return gate.isEmpty() ? Ignored{QStringLiteral("the project has no quality gate")} : noResult(gate);
    check.status = *status;
    run.key = run.hasTime ? QStringLiteral("analysis/%1/%2")
                                .arg(check.branch, QString::number(protocol::toMillis(check.timestamp)))
                          : QStringLiteral("task/") + task;
    return run;
}

} // namespace prism::hooks
