#include "server/api/trend_reader.h"

#include "server/analytics/trend_builder.h"
#include "shared/protocol/try.h"

namespace prism::api {

using protocol::ForecastReport;
using protocol::Period;
using protocol::Result;
using protocol::TrendMetric;
using protocol::TrendReport;

namespace {

analytics::TrendBuilder builderOf(const WindowReading& reading)
{
    return {reading.rollups(), reading.zone(), reading.findings()};
}

} // namespace

Result<TrendReport> readTrend(const WindowReading& reading, TrendMetric metric, Period period)
{
    PRISM_TRY_ASSIGN(const protocol::Trend& trend, builderOf(reading).trend(metric, reading.window(period)));
    return TrendReport{metric, period, trend, reading.origin()};
}

Result<ForecastReport> readForecast(const WindowReading& reading, TrendMetric metric,
                                    protocol::ForecastMethod method, int steps, Period period)
{
    PRISM_TRY_ASSIGN(ForecastReport report,
                     builderOf(reading).forecast(metric, method, steps, reading.window(period)));
    report.origin = reading.origin();
    return report;
}

} // namespace prism::api
