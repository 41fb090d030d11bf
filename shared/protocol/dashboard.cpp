#include "shared/protocol/dashboard.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/names.h"

#include <QJsonArray>

#include <cmath>

namespace prism::protocol {

namespace {

constexpr std::array<Name<Direction>, 3> directionNames{
    {{Direction::Up, "up"}, {Direction::Down, "down"}, {Direction::Stable, "stable"}}};

QJsonValue toJsonValue(const std::optional<double>& value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue rate(const std::optional<double>& value)
{
    return value ? QJsonValue(std::round(*value * 1e4) / 1e4) : QJsonValue(QJsonValue::Null);
}

/// A mark that is there only where it holds.
QJsonObject marked(QJsonObject json, QLatin1String mark, bool holds)
{
    if (holds)
        json.insert(mark, true);
    return json;
}

constexpr QLatin1String estimatedField("estimated"), approximateField("approximate");

Timestamp time(const QJsonValue& value)
{
    return fromIso(value.toString()).value_or(Timestamp());
}

Direction direction(const QJsonValue& value)
{
    return valueOf(directionNames, value.toString()).value_or(Direction::Stable);
}

QJsonObject toJson(const Change& change, bool isRate = false)
{
    const auto number = isRate ? rate : toJsonValue;
    return {{QLatin1String("previous"), number(change.previous)},
            {QLatin1String("change"), number(change.change)},
            {QLatin1String("changePercent"), toJsonValue(change.changePercent)}};
}

Change changeFromJson(const QJsonValue& json)
{
    return {numberOf(json[QLatin1String("previous")]), numberOf(json[QLatin1String("change")]),
            numberOf(json[QLatin1String("changePercent")])};
}

QJsonObject toJson(const Changes& changes)
{
    return {{QLatin1String("totalChecks"), toJson(changes.totalChecks)},
            {QLatin1String("violations"), toJson(changes.violations)},
            {QLatin1String("activeUsers"), toJson(changes.activeUsers)},
            {QLatin1String("avgCheckTime"), toJson(changes.avgCheckTime)},
            {QLatin1String("totalRetrospectives"), toJson(changes.totalRetrospectives)},
            {QLatin1String("avgViolationRate"), toJson(changes.avgViolationRate, true)},
            {QLatin1String("avgPerformance"), toJson(changes.avgPerformance)}};
}

Changes changesFromJson(const QJsonValue& json)
{
    return {changeFromJson(json[QLatin1String("totalChecks")]),
            changeFromJson(json[QLatin1String("violations")]),
            changeFromJson(json[QLatin1String("activeUsers")]),
            changeFromJson(json[QLatin1String("avgCheckTime")]),
            changeFromJson(json[QLatin1String("totalRetrospectives")]),
            changeFromJson(json[QLatin1String("avgViolationRate")]),
            changeFromJson(json[QLatin1String("avgPerformance")])};
}

QJsonArray toJson(const QList<TopViolation>& list)
{
    QJsonArray array;
    for (const TopViolation& top : list)
        array.append(QJsonObject{{QLatin1String("id"), top.id},
                                 {QLatin1String("name"), top.name},
                                 {QLatin1String("count"), top.count},
                                 {QLatin1String("share"), rate(top.share)}});
    return array;
}

Summary summaryFromJson(const QJsonValue& json)
{
    return {json[QLatin1String("totalChecks")].toInteger(),
            json[QLatin1String("violations")].toInteger(),
            json[QLatin1String("activeUsers")].toInteger(),
            numberOf(json[QLatin1String("avgCheckTime")]),
            json[QLatin1String("totalRetrospectives")].toInteger(),
            numberOf(json[QLatin1String("avgViolationRate")]),
            numberOf(json[QLatin1String("avgPerformance")]),
            json[estimatedField].toBool()};
}

Quality qualityFromJson(const QJsonValue& json)
{
    Quality quality{numberOf(json[QLatin1String("violationRate")]),
                    numberOf(json[QLatin1String("falsePositiveRate")]),
                    numberOf(json[QLatin1String("patternMatchAccuracy")]),
                    {}};
    const QJsonArray list = json[QLatin1String("topViolations")].toArray();
    for (const auto& each : list)
        quality.topViolations.append(
            {each[QLatin1String("id")].toString(), each[QLatin1String("name")].toString(),
             each[QLatin1String("count")].toInteger(), each[QLatin1String("share")].toDouble()});
    return quality;
}

Usage usageFromJson(const QJsonValue& json)
{
    return {json[QLatin1String("totalRetrospectives")].toInteger(),
            json[QLatin1String("activeSessions")].toInteger(),
            numberOf(json[QLatin1String("avgDuration")]),
            numberOf(json[QLatin1String("successRate")]),
            json[QLatin1String("dailyActiveUsers")].toDouble(),
            json[estimatedField].toBool()};
}

} // namespace

Trend trendFromJson(const QJsonValue& json)
{
    Trend trend;
    const QJsonArray points = json[QLatin1String("points")].toArray();
    for (const auto& point : points)
        trend.points.append({time(point[QLatin1String("start")]), numberOf(point[QLatin1String("value")]),
                             point[QLatin1String("partial")].toBool()});
    const QJsonArray smoothed = json[QLatin1String("smoothed")].toArray();
    for (const auto& value : smoothed)
        trend.smoothed.append(numberOf(value));
    trend.direction = direction(json[QLatin1String("direction")]);
    trend.slope = json[QLatin1String("slope")].toDouble();
    trend.rSquared = numberOf(json[QLatin1String("rSquared")]);
    const QJsonArray changePoints = json[QLatin1String("changePoints")].toArray();
    for (const auto& step : changePoints)
        trend.changePoints.append({time(step[QLatin1String("start")]),
                                   step[QLatin1String("before")].toDouble(),
                                   step[QLatin1String("after")].toDouble()});
    trend.estimated = json[estimatedField].toBool();
    return trend;
}

namespace {

Performance performanceFromJson(const QJsonValue& json)
{
    return {numberOf(json[QLatin1String("avgCheckTime")]), numberOf(json[QLatin1String("p50CheckTime")]),
            numberOf(json[QLatin1String("p95CheckTime")]), numberOf(json[QLatin1String("p99CheckTime")]),
            numberOf(json[QLatin1String("minCheckTime")]), numberOf(json[QLatin1String("maxCheckTime")])};
}

} // namespace

QString toString(Direction direction)
{
    return nameOf(directionNames, direction);
}

QJsonObject toJson(const Summary& summary)
{
    const QJsonObject json{{QLatin1String("totalChecks"), summary.totalChecks},
                           {QLatin1String("violations"), summary.violations},
                           {QLatin1String("activeUsers"), summary.activeUsers},
                           {QLatin1String("avgCheckTime"), toJsonValue(summary.avgCheckTime)},
                           {QLatin1String("totalRetrospectives"), summary.totalRetrospectives},
                           {QLatin1String("avgViolationRate"), rate(summary.avgViolationRate)},
                           {QLatin1String("avgPerformance"), toJsonValue(summary.avgPerformance)}};
    return marked(json, estimatedField, summary.estimated);
}

QJsonObject toJson(const Quality& quality)
{
    return {{QLatin1String("violationRate"), rate(quality.violationRate)},
            {QLatin1String("falsePositiveRate"), rate(quality.falsePositiveRate)},
            {QLatin1String("patternMatchAccuracy"), rate(quality.patternMatchAccuracy)},
            {QLatin1String("topViolations"), toJson(quality.topViolations)}};
}

QJsonObject toJson(const Usage& usage)
{
    const QJsonObject json{{QLatin1String("totalRetrospectives"), usage.totalRetrospectives},
                           {QLatin1String("activeSessions"), usage.activeSessions},
                           {QLatin1String("avgDuration"), toJsonValue(usage.avgDuration)},
                           {QLatin1String("successRate"), rate(usage.successRate)},
                           {QLatin1String("dailyActiveUsers"), usage.dailyActiveUsers}};
    return marked(json, estimatedField, usage.estimated);
}

QJsonObject toJson(const Trend& trend)
{
    QJsonArray points;
    for (const TrendPoint& point : trend.points) {
        QJsonObject json{{QLatin1String("start"), toIso(point.start)},
                         {QLatin1String("value"), toJsonValue(point.value)}};
        if (point.partial)
            json.insert(QLatin1String("partial"), true);
        points.append(json);
    }
    QJsonArray smoothed;
    for (const std::optional<double>& value : trend.smoothed)
        smoothed.append(toJsonValue(value));
    QJsonArray changePoints;
    for (const ChangePoint& step : trend.changePoints)
        changePoints.append(QJsonObject{{QLatin1String("start"), toIso(step.start)},
                                        {QLatin1String("before"), step.before},
                                        {QLatin1String("after"), step.after}});
    const QJsonObject json{{QLatin1String("points"), points},
                           {QLatin1String("smoothed"), smoothed},
                           {QLatin1String("direction"), toString(trend.direction)},
                           {QLatin1String("slope"), trend.slope},
                           {QLatin1String("rSquared"), toJsonValue(trend.rSquared)},
                           {QLatin1String("changePoints"), changePoints}};
    return marked(json, estimatedField, trend.estimated);
}

QJsonObject toJson(const Performance& performance)
{
    return {{QLatin1String("avgCheckTime"), toJsonValue(performance.avgCheckTime)},
            {QLatin1String("p50CheckTime"), toJsonValue(performance.p50CheckTime)},
            {QLatin1String("p95CheckTime"), toJsonValue(performance.p95CheckTime)},
            {QLatin1String("p99CheckTime"), toJsonValue(performance.p99CheckTime)},
            {QLatin1String("minCheckTime"), toJsonValue(performance.minCheckTime)},
            {QLatin1String("maxCheckTime"), toJsonValue(performance.maxCheckTime)}};
}

QJsonObject toJson(const Dashboard& dashboard)
{
    const QJsonObject json{
        {QLatin1String("summary"), toJson(dashboard.summary)},
        {QLatin1String("changes"), dashboard.changes ? QJsonValue(toJson(*dashboard.changes)) : QJsonValue()},
        {QLatin1String("quality"), toJson(dashboard.quality)},
        {QLatin1String("usage"), toJson(dashboard.usage)},
        {QLatin1String("trends"),
         QJsonObject{{QLatin1String("violationTrend"), toString(dashboard.violationTrend)},
                     {QLatin1String("usageTrend"), toString(dashboard.usageTrend)},
                     {QLatin1String("violations"), toJson(dashboard.violations)}}},
        {QLatin1String("performance"), toJson(dashboard.performance)},
        {QLatin1String("alerts"), dashboard.alerts},
        {QLatin1String("topViolations"), toJson(dashboard.quality.topViolations)},
        {QLatin1String("period"), toString(dashboard.period)},
        {QLatin1String("generatedAt"), toIso(dashboard.generatedAt)},
        {QLatin1String("epoch"), dashboard.position.epoch},
        {QLatin1String("seq"), qint64(dashboard.position.seq)}};
    return marked(json, approximateField, dashboard.approximate);
}

Result<Dashboard> dashboardFromJson(const QJsonObject& json)
{
    const auto period = periodFromString(json[QLatin1String("period")].toString());
    if (!period || !json[QLatin1String("summary")].isObject())
        return Failure(Error{ErrorCode::BadFormat, QStringLiteral("This is not a dashboard.")});
    Dashboard dashboard;
    dashboard.summary = summaryFromJson(json[QLatin1String("summary")]);
    if (json[QLatin1String("changes")].isObject())
        dashboard.changes = changesFromJson(json[QLatin1String("changes")]);
    dashboard.quality = qualityFromJson(json[QLatin1String("quality")]);
    dashboard.usage = usageFromJson(json[QLatin1String("usage")]);
    const QJsonValue trends = json[QLatin1String("trends")];
    dashboard.violationTrend = direction(trends[QLatin1String("violationTrend")]);
    dashboard.usageTrend = direction(trends[QLatin1String("usageTrend")]);
    dashboard.violations = trendFromJson(trends[QLatin1String("violations")]);
    dashboard.performance = performanceFromJson(json[QLatin1String("performance")]);
    dashboard.alerts = json[QLatin1String("alerts")].toArray();
    dashboard.period = *period;
    dashboard.generatedAt = time(json[QLatin1String("generatedAt")]);
    dashboard.position = {json[QLatin1String("epoch")].toString(), json[QLatin1String("seq")].toInteger()};
    dashboard.approximate = json[approximateField].toBool();
    return dashboard;
}

} // namespace prism::protocol
