#include "server/api/trends_api.h"

#include "server/api/trend_reader.h"
#include "shared/protocol/try.h"
#include "shared/protocol/view.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::ErrorCode;
using protocol::ForecastMethod;
using protocol::ForecastReport;
using protocol::Period;
using protocol::Result;
using protocol::Role;
using protocol::TrendMetric;
using protocol::TrendReport;

namespace {

int readSteps(QueryReader& query)
{
    constexpr int usual = 7;
    const QString name = QStringLiteral("periods");
    const std::optional<QString> given = query.text(name);
    bool isNumber = false;
    const int steps = given.value_or(QString::number(usual)).toInt(&isNumber);
    if (isNumber && steps >= 1 && steps <= protocol::mostForecastSteps)
        return steps;
    query.refuse(ErrorCode::Validation, name,
                 QStringLiteral("must be a whole number from 1 to %1").arg(protocol::mostForecastSteps));
    return usual;
}

} // namespace

TrendsApi::TrendsApi(const Reads& reads, qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/analytics/trends/{metric}", http::orLimited(Role::Viewer), *this,
               &TrendsApi::trend, {"period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/forecast", http::orLimited(Role::Viewer), *this,
               &TrendsApi::forecast, {"metric", "method", "periods", "historicalPeriod", "at", "project"});
}

Result<void> TrendsApi::trend(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const auto metric = protocol::valueOf(protocol::trendMetricNames, request.captures.first());
    if (!metric)
        query.refuse(ErrorCode::Validation, QStringLiteral("metric"),
                     protocol::choices(protocol::trendMetricNames));
    const Period period = query.period(Period::Month);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, moment.effort(),
        [metric = *metric, period, moment, projects](const Reading& reader) -> Result<TrendReport> {
            WindowReading reading(reader.numbers, moment, projects);
            PRISM_TRY(reading.begin());
            return readTrend(reading, metric, period);
        });
}

Result<void> TrendsApi::forecast(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const TrendMetric metric = query.choice(QStringLiteral("metric"), protocol::forecastMetricNames);
    const ForecastMethod method = query.choice(QStringLiteral("method"), protocol::forecastMethodNames,
                                               std::optional(ForecastMethod::Seasonal));
    const int steps = readSteps(query);
    const Period period = query.period(QStringLiteral("historicalPeriod"), Period::Month);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, moment.effort(),
        [metric, method, steps, period, moment, projects](const Reading& reader) -> Result<ForecastReport> {
            WindowReading reading(reader.numbers, moment, projects);
            PRISM_TRY(reading.begin());
            return readForecast(reading, metric, method, steps, period);
        });
}

} // namespace prism::api
