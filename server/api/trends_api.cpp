#include "server/api/trends_api.h"

#include "server/analytics/dashboard_numbers.h"
#include "server/analytics/forecast.h"
#include "server/analytics/trend.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::Forecast;
using analytics::ForecastStep;
using analytics::TrendMetric;
using analytics::wireValue;
using http::Request;
using protocol::ErrorCode;
using protocol::Name;
using protocol::Period;
using protocol::Result;
using protocol::Role;
using protocol::Trend;

namespace {

constexpr int mostSteps = 30;

constexpr std::array<Name<TrendMetric>, 9> trendMetrics{{{TrendMetric::Violations, "violations"},
                                                         {TrendMetric::Checks, "checks"},
                                                         {TrendMetric::Retros, "retros"},
                                                         {TrendMetric::Quality, "quality"},
                                                         {TrendMetric::Usage, "usage"},
                                                         {TrendMetric::Performance, "performance"},
                                                         {TrendMetric::MeanTime, "avgCheckTime"},
                                                         {TrendMetric::Patterns, "patterns"},
                                                         {TrendMetric::Traps, "traps"}}};

constexpr std::array<Name<TrendMetric>, 3> forecastMetrics{{{TrendMetric::Violations, "violations"},
                                                            {TrendMetric::Checks, "checks"},
                                                            {TrendMetric::MeanTime, "avgCheckTime"}}};

enum class Method { Linear, Arima };
constexpr std::array<Name<Method>, 2> methods{{{Method::Linear, "linear"}, {Method::Arima, "arima"}}};

double confidenceOf(const Trend& trend)
{
    const auto line = analytics::Line::fit(analytics::completeSamples(trend.points));
    return line ? line->confidence() : 0;
}

QJsonArray stepsJson(const Forecast& forecast)
{
    QJsonArray steps;
    for (const ForecastStep& step : forecast.steps)
        steps.append(QJsonObject{{QLatin1String("period"), step.period},
                                 {QLatin1String("value"), wireValue(step.value, false)},
                                 {QLatin1String("confidence"), wireValue(step.confidence, true)},
                                 {QLatin1String("lower80"), wireValue(step.lower80, false)},
                                 {QLatin1String("upper80"), wireValue(step.upper80, false)},
                                 {QLatin1String("lower95"), wireValue(step.lower95, false)},
                                 {QLatin1String("upper95"), wireValue(step.upper95, false)}});
    return steps;
}

Result<Trend> read(const WindowReading& reading, TrendMetric metric, Period period)
{
    return analytics::TrendBuilder(reading.rollups(), reading.zone()).trend(metric, reading.window(period));
}

int readSteps(QueryReader& query)
{
    constexpr int usual = 7;
    const QString name = QStringLiteral("periods");
    const std::optional<QString> given = query.text(name);
    bool isNumber = false;
    const int steps = given.value_or(QString::number(usual)).toInt(&isNumber);
    if (isNumber && steps >= 1 && steps <= mostSteps)
        return steps;
    query.refuse(ErrorCode::Validation, name,
                 QStringLiteral("must be a whole number from 1 to %1").arg(mostSteps));
    return usual;
}

} // namespace

TrendsApi::TrendsApi(const Numbers& numbers, Routes& routes)
    : m_numbers(numbers)
{
    routes.add("GET", "/api/v1/analytics/trends/{metric}", Role::Viewer, *this, &TrendsApi::trend);
    routes.add("GET", "/api/v1/analytics/forecast", Role::Viewer, *this, &TrendsApi::forecast);
}

Result<QJsonObject> TrendsApi::trend(const Request& request) const
{
    QueryReader query(request);
    const QString name = request.captures.first();
    const std::optional<TrendMetric> metric = protocol::valueOf(trendMetrics, name);
    if (!metric)
        query.refuse(ErrorCode::Validation, QStringLiteral("metric"), protocol::choices(trendMetrics));
    const Period period = query.period(Period::Month);
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());
    PRISM_TRY_ASSIGN(const Trend& trend, read(reading, *metric, period));
    QJsonObject answer = toJson(trend);
    answer.insert(QLatin1String("metric"), name);
    answer.insert(QLatin1String("period"), protocol::toString(period));
    answer.insert(QLatin1String("confidence"), wireValue(confidenceOf(trend), true));
    reading.addOrigin(answer);
    return answer;
}

Result<QJsonObject> TrendsApi::forecast(const Request& request) const
{
    QueryReader query(request);
    const TrendMetric metric = query.choice(QStringLiteral("metric"), forecastMetrics);
    const Method method = query.choice(QStringLiteral("method"), methods, std::optional(Method::Linear));
    const int steps = readSteps(query);
    const Period period = query.period(QStringLiteral("historicalPeriod"), Period::Month);
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());
    PRISM_TRY_ASSIGN(const Trend& history, read(reading, metric, period));
    const Forecast forecast = analytics::makeForecast(history, steps);
    QJsonObject answer{{QLatin1String("metric"), protocol::nameOf(forecastMetrics, metric)},
                       {QLatin1String("method"), protocol::nameOf(methods, method)},
                       {QLatin1String("historicalPeriod"), protocol::toString(period)},
                       {QLatin1String("forecast"), stepsJson(forecast)},
                       {QLatin1String("confidence"), wireValue(forecast.confidence, true)},
                       {QLatin1String("trend"),
                        QJsonObject{{QLatin1String("direction"), protocol::toString(history.direction)},
                                    {QLatin1String("slope"), history.slope},
                                    {QLatin1String("confidence"), wireValue(confidenceOf(history), true)}}},
                       {QLatin1String("meta"),
                        QJsonObject{{QLatin1String("forecastedAt"), protocol::toIso(reading.moment())},
                                    {QLatin1String("periods"), steps},
                                    {QLatin1String("answeredBy"), QStringLiteral("linear")}}}};
    reading.addOrigin(answer);
    return answer;
}

} // namespace prism::api
