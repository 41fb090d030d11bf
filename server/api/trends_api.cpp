#include "server/api/trends_api.h"

#include "server/analytics/dashboard_numbers.h"
#include "server/analytics/forecast.h"
#include "server/analytics/trend.h"
#include "server/api/answers.h"

namespace prism::api {

using analytics::Forecast;
using analytics::ForecastStep;
using analytics::TrendMetric;
using analytics::Window;
using analytics::wireValue;
using http::Reply;
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

TrendsApi::TrendsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/analytics/trends/{metric}", Role::Viewer, *this, &TrendsApi::trend);
    router.add("GET", "/api/v1/analytics/forecast", Role::Viewer, *this, &TrendsApi::forecast);
}

Result<Trend> TrendsApi::read(TrendMetric metric, const Window& window) const
{
    return analytics::TrendBuilder(m_context.numbers, m_context.zone).trend(metric, window);
}

void TrendsApi::trend(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const QString name = request.captures.first();
    const std::optional<TrendMetric> metric = protocol::valueOf(trendMetrics, name);
    if (!metric)
        query.refuse(ErrorCode::Validation, QStringLiteral("metric"), protocol::choices(trendMetrics));
    const Period period = query.period(Period::Month);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const store::Snapshot snapshot(m_context.database);
    const Result<protocol::Position> now = readPosition(m_context);
    if (!now)
        return reply(failure(request.id, now.error()));
    const Result<Trend> trend = read(*metric, moment.window(period, m_context.zone));
    if (!trend)
        return reply(failure(request.id, trend.error()));
    QJsonObject data = toJson(*trend);
    data.insert(QLatin1String("metric"), name);
    data.insert(QLatin1String("period"), protocol::toString(period));
    data.insert(QLatin1String("confidence"), wireValue(confidenceOf(*trend), true));
    addOrigin(data, moment.time, *now, m_context.numbers.isApproximate());
    reply(success(request, data));
}

void TrendsApi::forecast(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const TrendMetric metric = readChoice(query, QStringLiteral("metric"), forecastMetrics);
    const Method method = readChoice(query, QStringLiteral("method"), methods, std::optional(Method::Linear));
    const int steps = readSteps(query);
    const Period period = query.period(QStringLiteral("historicalPeriod"), Period::Month);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const store::Snapshot snapshot(m_context.database);
    const Result<protocol::Position> now = readPosition(m_context);
    if (!now)
        return reply(failure(request.id, now.error()));
    const Result<Trend> history = read(metric, moment.window(period, m_context.zone));
    if (!history)
        return reply(failure(request.id, history.error()));
    const Forecast forecast = analytics::makeForecast(*history, steps);
    QJsonObject data{
        {QLatin1String("metric"), protocol::nameOf(forecastMetrics, metric)},
        {QLatin1String("method"), protocol::nameOf(methods, method)},
        {QLatin1String("historicalPeriod"), protocol::toString(period)},
        {QLatin1String("forecast"), stepsJson(forecast)},
        {QLatin1String("confidence"), wireValue(forecast.confidence, true)},
        {QLatin1String("trend"),
         QJsonObject{{QLatin1String("direction"), protocol::toString(history->direction)},
                     {QLatin1String("slope"), history->slope},
                     {QLatin1String("confidence"), wireValue(confidenceOf(*history), true)}}},
        {QLatin1String("meta"), QJsonObject{{QLatin1String("forecastedAt"), protocol::toIso(moment.time)},
                                            {QLatin1String("periods"), steps},
                                            {QLatin1String("answeredBy"), QStringLiteral("linear")}}}};
    addOrigin(data, moment.time, *now, m_context.numbers.isApproximate());
    reply(success(request, data));
}

} // namespace prism::api
