#include "server/api/trends_api.h"

#include "server/analytics/trend_builder.h"
#include "server/api/window_reading.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::ErrorCode;
using protocol::ForecastMethod;
using protocol::ForecastReport;
using protocol::Period;
using protocol::Result;
using protocol::Role;
using protocol::Trend;
using protocol::TrendMetric;
using protocol::TrendReport;

namespace {

constexpr int mostSteps = 30;

analytics::TrendBuilder builderOf(const WindowReading& reading)
{
    return {reading.rollups(), reading.zone(), reading.findings()};
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

TrendsApi::TrendsApi(const Reads& reads, Routes& routes)
    : m_reads(reads)
{
    routes.add("GET", "/api/v1/analytics/trends/{metric}", Role::Viewer, *this, &TrendsApi::trend,
               {"period", "at"});
    routes.add("GET", "/api/v1/analytics/forecast", Role::Viewer, *this, &TrendsApi::forecast,
               {"metric", "method", "periods", "historicalPeriod", "at"});
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
    PRISM_TRY(query.check());
    return m_reads.submit(request, reply, moment.effort(),
                          [metric = *metric, period, moment](const Reading& reader) -> Result<TrendReport> {
                              WindowReading reading(reader.numbers, moment);
                              PRISM_TRY(reading.begin());
                              PRISM_TRY_ASSIGN(const Trend& trend,
                                               builderOf(reading).trend(metric, reading.window(period)));
                              return TrendReport{metric, period, trend, reading.origin()};
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
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, moment.effort(),
        [metric, method, steps, period, moment](const Reading& reader) -> Result<ForecastReport> {
            WindowReading reading(reader.numbers, moment);
            PRISM_TRY(reading.begin());
            PRISM_TRY_ASSIGN(ForecastReport report,
                             builderOf(reading).forecast(metric, method, steps, reading.window(period)));
            report.origin = reading.origin();
            return report;
        });
}

} // namespace prism::api
