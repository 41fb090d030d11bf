#pragma once

#include "server/analytics/line.h"
#include "server/statistics/findings.h"
#include "shared/protocol/forecast.h"

namespace prism::analytics {

/// What to expect of so many (1 or more) buckets after the running one, which is the first behind the
/// history: steps without a value, and the reason, where too little is known.

/// The level and the season of the past go on (statistics::SeasonalForecast), which `findings` remember.
protocol::ForecastReport seasonalForecast(statistics::Findings& findings, const statistics::Series& history,
                                          statistics::BucketLength length, protocol::TrendMetric metric,
                                          int steps);

/// The least-squares line goes on, with prediction bands (Line::halfWidth); from 10 values on. The confidence
/// of a step is m ÷ (m + w), where m is the mean of the history and w the half width of the 80 % band: 1 for
/// a history without any scatter.
protocol::ForecastReport linearForecast(const statistics::Series& history, int steps);

/// What a line is fitted to: the buckets that have a value; x is the bucket's index.
std::vector<Sample> samplesOf(const statistics::Series& series);

} // namespace prism::analytics
