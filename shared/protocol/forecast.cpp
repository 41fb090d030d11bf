#include "shared/protocol/forecast.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String metricField("metric"), methodField("method"),
    historicalPeriodField("historicalPeriod"), forecastField("forecast"), confidenceField("confidence"),
    reasonField("reason"), trendField("trend"), metaField("meta"), forecastedAtField("forecastedAt"),
    periodsField("periods"), answeredByField("answeredBy"), periodField("period"), valueField("value"),
    lower80Field("lower80"), upper80Field("upper80"), lower95Field("lower95"), upper95Field("upper95");

constexpr qsizetype mostSteps = 1000;

QJsonArray stepsJson(const QList<ForecastStep>& steps)
{
    QJsonArray list;
    for (const ForecastStep& step : steps)
        list.append(QJsonObject{{periodField, list.size() + 1},
                                {valueField, numberJson(step.value)},
                                {confidenceField, rateJson(step.confidence)},
                                {lower80Field, numberJson(step.lower80)},
                                {upper80Field, numberJson(step.upper80)},
                                {lower95Field, numberJson(step.lower95)},
                                {upper95Field, numberJson(step.upper95)}});
    return list;
}

ForecastStep readStep(ObjectReader& reader)
{
    const auto number = [&](QLatin1String name) { return reader.number(name, Presence::Optional); };
    return {number(valueField),   number(lower80Field),
            number(upper80Field), number(lower95Field),
            number(upper95Field), reader.number(confidenceField, Presence::Required).value_or(0)};
}

} // namespace

ForecastMethod answering(ForecastMethod asked)
{
    return asked == ForecastMethod::Linear ? ForecastMethod::Linear : ForecastMethod::Seasonal;
}

QJsonObject toJson(const ForecastReport& report)
{
    QJsonObject trend;
    addTo(trend, report.heading);
    QJsonObject json{
        {metricField, nameOf(trendMetricNames, report.metric)},
        {methodField, nameOf(forecastMethodNames, report.method)},
        {historicalPeriodField, toString(report.period)},
        {forecastField, stepsJson(report.steps)},
        {confidenceField, rateJson(report.confidence)},
        {trendField, trend},
        {metaField, QJsonObject{{forecastedAtField, toIso(report.origin.generatedAt)},
                                {periodsField, report.steps.size()},
                                {answeredByField, nameOf(forecastMethodNames, answering(report.method))}}}};
    addReason(json, reasonField, report.reason);
    addTo(json, report.origin);
    return json;
}

Result<ForecastReport> forecastReportFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    ForecastReport report;
    report.metric =
        reader.choice(metricField, Presence::Required, trendMetricNames).value_or(TrendMetric::Violations);
    report.method = reader.choice(methodField, Presence::Required, forecastMethodNames)
                        .value_or(ForecastMethod::Seasonal);
    report.period =
        reader.choice(historicalPeriodField, Presence::Required, periodNames).value_or(Period::Month);
    reader.objects(forecastField, Presence::Required, mostSteps,
                   [&](ObjectReader& step) { report.steps.append(readStep(step)); });
    report.confidence = reader.number(confidenceField, Presence::Required).value_or(0);
    report.reason = readReason(reader, reasonField);
    reader.nested(trendField, Presence::Required,
                  [&](ObjectReader& trend) { report.heading = readHeading(trend); });
    report.origin = readOrigin(reader);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a forecast.")));
    return report;
}

} // namespace prism::protocol
