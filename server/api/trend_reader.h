#pragma once

#include "server/api/window_reading.h"
#include "shared/protocol/forecast.h"

namespace prism::api {

/// How a number went over a period.
protocol::Result<protocol::TrendReport> readTrend(const WindowReading& reading, protocol::TrendMetric metric,
                                                  protocol::Period period);

/// What to expect of a number for so many buckets (1 or more) behind those of a period.
protocol::Result<protocol::ForecastReport> readForecast(const WindowReading& reading,
                                                        protocol::TrendMetric metric,
                                                        protocol::ForecastMethod method, int steps,
                                                        protocol::Period period);

} // namespace prism::api
