#pragma once

#include "shared/protocol/forecast.h"

namespace prism::analytics {

/// Carries the least-squares line of the complete buckets on for so many (1 or more) buckets, with prediction
/// bands (Line::halfWidth). The confidence of a step is m ÷ (m + w), where m is the mean of the history and w
/// the half width of the 80 % band: 1 for a history without any scatter, and less with every step. What was
/// asked for, and the origin, are left to the caller.
protocol::ForecastReport makeForecast(const protocol::Trend& history, int steps);

} // namespace prism::analytics
