#include "shared/protocol/trend.h"

#include <algorithm>

namespace prism::protocol {

namespace {

constexpr QLatin1String pointsField("points"), startField("start"), valueField("value"),
    partialField("partial"), smoothedField("smoothed"), directionField("direction"), slopeField("slope"),
    rSquaredField("rSquared"), timestampField("timestamp"), changePointsField("changePoints"),
    beforeField("before"), afterField("after"), estimatedField("estimated"), metricField("metric"),
    periodField("period"), confidenceField("confidence");

constexpr qsizetype mostPoints = 100'000;

Timestamp readStart(ObjectReader& reader)
{
    return reader.timestamp(startField, Presence::Required, Timestamp::max()).value_or(Timestamp());
}

} // namespace

QString toString(Direction direction)
{
    return nameOf(directionNames, direction);
}

QJsonObject toJson(const Trend& trend)
{
    QJsonArray points;
    for (const TrendPoint& point : trend.points) {
        points.append(QJsonObject{{startField, toIso(point.start)},
                                  {valueField, numberJson(point.value)},
                                  {partialField, point.partial}});
    }
    QJsonArray smoothed;
    for (qsizetype i = 0; i < std::min(trend.smoothed.size(), trend.points.size()); ++i)
        smoothed.append(QJsonObject{{timestampField, toIso(trend.points[i].start)},
                                    {valueField, numberJson(trend.smoothed[i])}});
    QJsonArray changePoints;
    for (const ChangePoint& step : trend.changePoints)
        changePoints.append(QJsonObject{
            {startField, toIso(step.start)}, {beforeField, step.before}, {afterField, step.after}});
    QJsonObject json{{pointsField, points},
                     {smoothedField, smoothed},
                     {directionField, toString(trend.direction)},
                     {slopeField, trend.slope},
                     {rSquaredField, numberJson(trend.rSquared)},
                     {changePointsField, changePoints}};
    if (trend.estimated)
        json.insert(estimatedField, true);
    return json;
}

Trend readTrend(ObjectReader& reader)
{
    Trend trend;
    reader.objects(pointsField, Presence::Required, mostPoints, [&](ObjectReader& point) {
        trend.points.append({readStart(point), point.number(valueField, Presence::Optional),
                             point.boolean(partialField, Presence::Optional).value_or(false)});
    });
    reader.objects(smoothedField, Presence::Required, mostPoints, [&](ObjectReader& mean) {
        trend.smoothed.append(mean.number(valueField, Presence::Optional));
    });
    trend.direction =
        reader.choice(directionField, Presence::Required, directionNames).value_or(Direction::Stable);
    trend.slope = reader.number(slopeField, Presence::Required).value_or(0);
    trend.rSquared = reader.number(rSquaredField, Presence::Optional);
    reader.objects(changePointsField, Presence::Required, mostPoints, [&](ObjectReader& step) {
        trend.changePoints.append({readStart(step), step.number(beforeField, Presence::Required).value_or(0),
                                   step.number(afterField, Presence::Required).value_or(0)});
    });
    trend.estimated = reader.boolean(estimatedField, Presence::Optional).value_or(false);
    return trend;
}

QJsonObject toJson(const TrendReport& report)
{
    QJsonObject json = toJson(report.trend);
    json.insert(metricField, nameOf(trendMetricNames, report.metric));
    json.insert(periodField, toString(report.period));
    json.insert(confidenceField, rateJson(report.confidence));
    addTo(json, report.origin);
    return json;
}

Result<TrendReport> trendReportFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    TrendReport report;
    report.metric =
        reader.choice(metricField, Presence::Required, trendMetricNames).value_or(TrendMetric::Violations);
    report.period = reader.choice(periodField, Presence::Required, periodNames).value_or(Period::Month);
    report.trend = readTrend(reader);
    report.confidence = reader.number(confidenceField, Presence::Required).value_or(0);
    report.origin = readOrigin(reader);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a trend.")));
    return report;
}

} // namespace prism::protocol
