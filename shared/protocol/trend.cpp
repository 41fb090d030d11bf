#include "shared/protocol/trend.h"

#include <algorithm>

namespace prism::protocol {

namespace {

constexpr QLatin1String pointsField("points"), startField("start"), valueField("value"),
    partialField("partial"), smoothedField("smoothed"), directionField("direction"), slopeField("slope"),
    rSquaredField("rSquared"), timestampField("timestamp"), changePointsField("changePoints"),
    beforeField("before"), afterField("after"), estimatedField("estimated"), metricField("metric"),
    periodField("period"), confidenceField("confidence"), directionReasonField("directionReason"),
    changePointsReasonField("changePointsReason");

constexpr qsizetype mostPoints = 100'000;

Timestamp readStart(ObjectReader& reader)
{
    return reader.timestamp(startField, Presence::Required, Timestamp::max()).value_or(Timestamp());
}

QJsonValue changePointsJson(const QList<ChangePoint>& points)
{
    QJsonArray list;
    for (const ChangePoint& point : points)
        list.append(QJsonObject{
            {startField, toIso(point.start)}, {beforeField, point.before}, {afterField, point.after}});
    return list;
}

Said<QList<ChangePoint>> readChangePoints(ObjectReader& reader)
{
    QList<ChangePoint> points;
    reader.objects(changePointsField, Presence::Optional, mostPoints, [&](ObjectReader& point) {
        points.append({readStart(point), point.number(beforeField, Presence::Required).value_or(0),
                       point.number(afterField, Presence::Required).value_or(0)});
    });
    if (const auto reason = readReason(reader, changePointsReasonField))
        return Unknown(*reason);
    return points;
}

} // namespace

QString toString(Direction direction)
{
    return nameOf(directionNames, direction);
}

std::optional<Direction> Trend::direction() const
{
    return heading ? std::optional(heading->direction) : std::nullopt;
}

void addReason(QJsonObject& json, QLatin1String name, std::optional<Unsaid> reason)
{
    json.insert(name, reason ? QJsonValue(nameOf(unsaidNames, *reason)) : QJsonValue());
}

std::optional<Unsaid> readReason(ObjectReader& reader, QLatin1String name)
{
    const std::optional<QString> given = reader.text(name, Presence::Optional, 100);
    return given ? std::optional(valueOf(unsaidNames, *given).value_or(Unsaid::TooFewValues)) : std::nullopt;
}

void addTo(QJsonObject& json, const Said<Heading>& heading)
{
    json.insert(directionField, heading ? QJsonValue(toString(heading->direction)) : QJsonValue());
    json.insert(slopeField, heading ? QJsonValue(heading->slope) : QJsonValue());
    json.insert(confidenceField, heading ? rateJson(heading->confidence) : QJsonValue());
    addReason(json, directionReasonField, heading ? std::nullopt : std::optional(heading.error()));
}

Said<Heading> readHeading(ObjectReader& reader)
{
    const auto direction = reader.choice(directionField, Presence::Optional, directionNames);
    const auto slope = reader.number(slopeField, Presence::Optional);
    const auto confidence = reader.number(confidenceField, Presence::Optional);
    const auto reason = readReason(reader, directionReasonField);
    if (!direction)
        return Unknown(reason.value_or(Unsaid::TooFewValues));
    return Heading{*direction, slope.value_or(0), confidence.value_or(0)};
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
    QJsonObject json{
        {pointsField, points}, {smoothedField, smoothed}, {rSquaredField, numberJson(trend.rSquared)}};
    addTo(json, trend.heading);
    json.insert(changePointsField, trend.changePoints ? changePointsJson(*trend.changePoints) : QJsonValue());
    addReason(json, changePointsReasonField,
              trend.changePoints ? std::nullopt : std::optional(trend.changePoints.error()));
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
    trend.heading = readHeading(reader);
    trend.rSquared = reader.number(rSquaredField, Presence::Optional);
    trend.changePoints = readChangePoints(reader);
    trend.estimated = reader.boolean(estimatedField, Presence::Optional).value_or(false);
    return trend;
}

QJsonObject toJson(const TrendReport& report)
{
    QJsonObject json = toJson(report.trend);
    json.insert(metricField, nameOf(trendMetricNames, report.metric));
    json.insert(periodField, toString(report.period));
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
    report.origin = readOrigin(reader);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a trend.")));
    return report;
}

} // namespace prism::protocol
