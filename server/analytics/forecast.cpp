#include "server/analytics/forecast.h"

#include "server/analytics/trend.h"

#include <algorithm>

namespace prism::analytics {

using protocol::ForecastReport;
using protocol::ForecastStep;

namespace {

constexpr double narrow = 0.80;
constexpr double wide = 0.95;

double confidenceOf(double mean, double halfWidth)
{
    if (halfWidth <= 0)
        return 1;
    return std::clamp(mean / (mean + halfWidth), 0.0, 1.0);
}

ForecastStep stepOf(const Line& line, double x)
{
    ForecastStep step;
    const double value = line.at(x);
    step.value = std::max(0.0, value);
    const std::optional<double> width80 = line.halfWidth(x, narrow);
    const std::optional<double> width95 = line.halfWidth(x, wide);
    if (!width80 || !width95)
        return step;
    step.lower80 = std::max(0.0, value - *width80);
    step.upper80 = std::max(0.0, value + *width80);
    step.lower95 = std::max(0.0, value - *width95);
    step.upper95 = std::max(0.0, value + *width95);
    step.confidence = confidenceOf(line.meanY(), *width80);
    return step;
}

} // namespace

ForecastReport makeForecast(const protocol::Trend& history, int steps)
{
    const std::vector<Sample> samples = completeSamples(history.points);
    const std::optional<Line> line = Line::fit(samples);
    const double running = double(history.points.size() - 1);
    ForecastReport forecast;
    forecast.direction = history.direction;
    forecast.slope = history.slope;
    forecast.lineConfidence = line ? line->confidence() : 0;
    for (int i = 1; i <= steps; ++i) {
        ForecastStep step;
        if (line)
            step = stepOf(*line, running + i);
        else if (!samples.empty())
            step.value = samples.front().y;
        forecast.confidence += step.confidence / steps;
        forecast.steps.append(step);
    }
    return forecast;
}

} // namespace prism::analytics
