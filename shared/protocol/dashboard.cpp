#include "shared/protocol/dashboard.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String summaryField("summary"), changesField("changes"), qualityField("quality"),
    usageField("usage"), trendsField("trends"), violationTrendField("violationTrend"),
    usageTrendField("usageTrend"), violationsField("violations"), performanceField("performance"),
    alertsField("alerts"), topViolationsField("topViolations"), periodField("period"),
    totalChecksField("totalChecks"), activeUsersField("activeUsers"), avgCheckTimeField("avgCheckTime"),
    totalRetrospectivesField("totalRetrospectives"), avgViolationRateField("avgViolationRate"),
    avgPerformanceField("avgPerformance"), estimatedField("estimated"), previousField("previous"),
    changeField("change"), changePercentField("changePercent"), idField("id"), nameField("name"),
    countField("count"), shareField("share"), violationRateField("violationRate"),
    falsePositiveRateField("falsePositiveRate"), patternMatchAccuracyField("patternMatchAccuracy"),
    activeSessionsField("activeSessions"), avgDurationField("avgDuration"), successRateField("successRate"),
    dailyActiveUsersField("dailyActiveUsers"), p50Field("p50CheckTime"), p95Field("p95CheckTime"),
    p99Field("p99CheckTime"), minField("minCheckTime"), maxField("maxCheckTime"),
    directionReasonField("directionReason");

constexpr qsizetype maxText = 1000;
constexpr qsizetype mostEntries = 10'000;

/// A mark that is there only where it holds.
QJsonObject marked(QJsonObject json, QLatin1String mark, bool holds)
{
    if (holds)
        json.insert(mark, true);
    return json;
}

std::optional<double> optional(ObjectReader& reader, QLatin1String name)
{
    return reader.number(name, Presence::Optional);
}

qint64 count(ObjectReader& reader, QLatin1String name)
{
    return reader.count(name, Presence::Required).value_or(0);
}

bool isMarked(ObjectReader& reader, QLatin1String mark)
{
    return reader.boolean(mark, Presence::Optional).value_or(false);
}

/// Every member of a Summary's Changes with its name, and whether it is a fraction.
template <typename Visit>
void eachChange(const Visit& visit)
{
    visit(totalChecksField, &Changes::totalChecks, false);
    visit(violationsField, &Changes::violations, false);
    visit(activeUsersField, &Changes::activeUsers, false);
    visit(avgCheckTimeField, &Changes::avgCheckTime, false);
    visit(totalRetrospectivesField, &Changes::totalRetrospectives, false);
    visit(avgViolationRateField, &Changes::avgViolationRate, true);
    visit(avgPerformanceField, &Changes::avgPerformance, false);
}

QJsonObject toJson(const Changes& changes)
{
    QJsonObject json;
    eachChange([&](QLatin1String name, Change Changes::*member, bool isRate) {
        const auto number = isRate ? rateJson : numberJson;
        const Change& change = changes.*member;
        QJsonObject fields{{previousField, number(change.previous)},
                           {changeField, number(change.change)},
                           {changePercentField, numberJson(change.changePercent)}};
        addTo(fields, change.assessment);
        json.insert(name, fields);
    });
    return json;
}

Changes readChanges(ObjectReader& reader)
{
    Changes changes;
    eachChange([&](QLatin1String name, Change Changes::*member, bool) {
        reader.nested(name, Presence::Optional, [&](ObjectReader& change) {
            changes.*member = {optional(change, previousField), optional(change, changeField),
                               optional(change, changePercentField), readAssessment(change)};
        });
    });
    return changes;
}

QJsonArray toJson(const QList<TopViolation>& list)
{
    QJsonArray array;
    for (const TopViolation& top : list)
        array.append(QJsonObject{{idField, top.id},
                                 {nameField, top.name},
                                 {countField, top.count},
                                 {shareField, rateJson(top.share)}});
    return array;
}

Summary readSummary(ObjectReader& reader)
{
    return {count(reader, totalChecksField),         count(reader, violationsField),
            count(reader, activeUsersField),         optional(reader, avgCheckTimeField),
            count(reader, totalRetrospectivesField), optional(reader, avgViolationRateField),
            optional(reader, avgPerformanceField),   isMarked(reader, estimatedField)};
}

Quality readQuality(ObjectReader& reader)
{
    Quality quality{optional(reader, violationRateField),
                    optional(reader, falsePositiveRateField),
                    optional(reader, patternMatchAccuracyField),
                    {}};
    reader.objects(topViolationsField, Presence::Required, mostEntries, [&](ObjectReader& top) {
        quality.topViolations.append({top.text(idField, Presence::Required, maxText).value_or(QString()),
                                      top.text(nameField, Presence::Optional, maxText).value_or(QString()),
                                      count(top, countField),
                                      top.number(shareField, Presence::Required).value_or(0)});
    });
    return quality;
}

Usage readUsage(ObjectReader& reader)
{
    return {count(reader, totalRetrospectivesField),
            count(reader, activeSessionsField),
            optional(reader, avgDurationField),
            optional(reader, successRateField),
            reader.number(dailyActiveUsersField, Presence::Required).value_or(0),
            isMarked(reader, estimatedField)};
}

Performance readPerformance(ObjectReader& reader)
{
    return {optional(reader, avgCheckTimeField), optional(reader, p50Field), optional(reader, p95Field),
            optional(reader, p99Field),          optional(reader, minField), optional(reader, maxField)};
}

/// Those of violations and of checks are of the same buckets: what is too little for one is for the other.
QJsonObject trendsJson(const Dashboard& dashboard)
{
    const auto json = [](std::optional<Direction> direction) {
        return direction ? QJsonValue(toString(*direction)) : QJsonValue();
    };
    const Said<Direction>& usage = dashboard.usageTrend;
    QJsonObject trends{{violationTrendField, json(dashboard.violations.direction())},
                       {usageTrendField, json(usage ? std::optional(*usage) : std::nullopt)},
                       {violationsField, toJson(dashboard.violations)}};
    addReason(trends, directionReasonField, usage ? std::nullopt : std::optional(usage.error()));
    return trends;
}

void readTrends(ObjectReader& reader, Dashboard& dashboard)
{
    const auto reason = readReason(reader, directionReasonField);
    if (const auto usage = reader.choice(usageTrendField, Presence::Optional, directionNames))
        dashboard.usageTrend = *usage;
    else
        dashboard.usageTrend = Unknown(reason.value_or(Unsaid::TooFewValues));
    reader.nested(violationsField, Presence::Required,
                  [&](ObjectReader& trend) { dashboard.violations = readTrend(trend); });
}

} // namespace

QJsonObject toJson(const Summary& summary)
{
    const QJsonObject json{{totalChecksField, summary.totalChecks},
                           {violationsField, summary.violations},
                           {activeUsersField, summary.activeUsers},
                           {avgCheckTimeField, numberJson(summary.avgCheckTime)},
                           {totalRetrospectivesField, summary.totalRetrospectives},
                           {avgViolationRateField, rateJson(summary.avgViolationRate)},
                           {avgPerformanceField, numberJson(summary.avgPerformance)}};
    return marked(json, estimatedField, summary.estimated);
}

QJsonObject toJson(const Quality& quality)
{
    return {{violationRateField, rateJson(quality.violationRate)},
            {falsePositiveRateField, rateJson(quality.falsePositiveRate)},
            {patternMatchAccuracyField, rateJson(quality.patternMatchAccuracy)},
            {topViolationsField, toJson(quality.topViolations)}};
}

QJsonObject toJson(const Usage& usage)
{
    const QJsonObject json{{totalRetrospectivesField, usage.totalRetrospectives},
                           {activeSessionsField, usage.activeSessions},
                           {avgDurationField, numberJson(usage.avgDuration)},
                           {successRateField, rateJson(usage.successRate)},
                           {dailyActiveUsersField, usage.dailyActiveUsers}};
    return marked(json, estimatedField, usage.estimated);
}

QJsonObject toJson(const Performance& performance)
{
    return {{avgCheckTimeField, numberJson(performance.avgCheckTime)},
            {p50Field, numberJson(performance.p50CheckTime)},
            {p95Field, numberJson(performance.p95CheckTime)},
            {p99Field, numberJson(performance.p99CheckTime)},
            {minField, numberJson(performance.minCheckTime)},
            {maxField, numberJson(performance.maxCheckTime)}};
}

QJsonObject toJson(const Dashboard& dashboard)
{
    QJsonArray alerts;
    for (const Alert& alert : dashboard.alerts)
        alerts.append(toJson(alert));
    QJsonObject json{
        {summaryField, toJson(dashboard.summary)},
        {changesField, dashboard.changes ? QJsonValue(toJson(*dashboard.changes)) : QJsonValue()},
        {qualityField, toJson(dashboard.quality)},
        {usageField, toJson(dashboard.usage)},
        {trendsField, trendsJson(dashboard)},
        {performanceField, toJson(dashboard.performance)},
        {alertsField, alerts},
        {topViolationsField, toJson(dashboard.quality.topViolations)},
        {periodField, toString(dashboard.period)}};
    addTo(json, {dashboard.generatedAt, dashboard.position, dashboard.approximate});
    return json;
}

Result<Dashboard> dashboardFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Dashboard dashboard;
    reader.nested(summaryField, Presence::Required,
                  [&](ObjectReader& summary) { dashboard.summary = readSummary(summary); });
    reader.nested(changesField, Presence::Optional,
                  [&](ObjectReader& changes) { dashboard.changes = readChanges(changes); });
    reader.nested(qualityField, Presence::Required,
                  [&](ObjectReader& quality) { dashboard.quality = readQuality(quality); });
    reader.nested(usageField, Presence::Required,
                  [&](ObjectReader& usage) { dashboard.usage = readUsage(usage); });
    reader.nested(trendsField, Presence::Required,
                  [&](ObjectReader& trends) { readTrends(trends, dashboard); });
    reader.nested(performanceField, Presence::Required,
                  [&](ObjectReader& performance) { dashboard.performance = readPerformance(performance); });
    reader.objects(alertsField, Presence::Required, mostEntries,
                   [&](ObjectReader& alert) { dashboard.alerts.append(readAlert(alert)); });
    dashboard.period = reader.choice(periodField, Presence::Required, periodNames).value_or(Period::Week);
    const Origin origin = readOrigin(reader);
    dashboard.generatedAt = origin.generatedAt;
    dashboard.position = origin.position;
    dashboard.approximate = origin.approximate;
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a dashboard.")));
    return dashboard;
}

} // namespace prism::protocol
