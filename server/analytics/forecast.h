#pragma once

#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// What to expect of one bucket to come. Nothing is below 0.
struct ForecastStep
{
    int period = 1;                                           ///< 1 for the bucket after the running one
    std::optional<double> value;                              ///< nothing without any history
    std::optional<double> lower80, upper80, lower95, upper95; ///< nothing for fewer than three buckets
    double confidence = 0;
};

struct Forecast
{
    QList<ForecastStep> steps;
    double confidence = 0; ///< mean over the steps
};

/// Carries the least-squares line of the complete buckets on for so many (1 or more) buckets, with prediction
/// bands (Line::halfWidth). The confidence of a step is m ÷ (m + w), where m is the mean of the history and w
/// the half width of the 80 % band: 1 for a history without any scatter, and less with every step.
Forecast makeForecast(const protocol::Trend& history, int steps);

} // namespace prism::analytics
