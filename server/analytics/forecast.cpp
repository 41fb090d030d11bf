#include "server/analytics/forecast.h"

#include <algorithm>

namespace prism::analytics {

using protocol::ForecastReport;
using protocol::ForecastStep;
using statistics::SeasonalForecast;

namespace {

constexpr std::size_t leastForLine = 10;
constexpr double narrow = 0.80;
constexpr double wide = 0.95;

/// Made of what is expected of the bucket so many behind the last complete one: the running one is the first.
template <typename Expectation>
ForecastReport reportOf(int steps, const Expectation& expected)
{
    ForecastReport report;
    for (int i = 1; i <= steps; ++i) {
        report.steps.append(expected(i + 1));
        report.confidence += report.steps.last().confidence / steps;
    }
    return report;
}

ForecastReport nothingExpected(int steps)
{
    ForecastReport report;
    report.steps.resize(steps);
    report.reason = protocol::Unsaid::TooFewValues;
    return report;
}

ForecastStep stepOf(const Line& line, double x)
{
    ForecastStep step;
    const double value = line.at(x);
    const double width80 = line.halfWidth(x, narrow).value_or(0);
    const double width95 = line.halfWidth(x, wide).value_or(0);
    step.value = std::max(0.0, value);
    step.lower80 = std::max(0.0, value - width80);
    step.upper80 = std::max(0.0, value + width80);
    step.lower95 = std::max(0.0, value - width95);
    step.upper95 = std::max(0.0, value + width95);
    step.confidence = width80 > 0 ? std::clamp(line.meanY() / (line.meanY() + width80), 0.0, 1.0) : 1;
    return step;
}

} // namespace

ForecastReport seasonalForecast(statistics::Findings& findings, const statistics::Series& history,
                                statistics::BucketLength length, protocol::TrendMetric metric, int steps)
{
    const auto scale = metric == protocol::TrendMetric::MeanTime ? SeasonalForecast::Scale::Time
                                                                 : SeasonalForecast::Scale::Count;
    const auto forecast = findings.forecast(history, length, scale);
    if (!forecast)
        return nothingExpected(steps);
    return reportOf(steps, [&](int ahead) {
        const statistics::ForecastBand band = forecast->at(std::size_t(ahead));
        return ForecastStep{band.value,   band.lower80, band.upper80,
                            band.lower95, band.upper95, band.confidence};
    });
}

ForecastReport linearForecast(const statistics::Series& history, int steps)
{
    const std::vector<Sample> samples = samplesOf(history);
    const std::optional<Line> line = samples.size() < leastForLine ? std::nullopt : Line::fit(samples);
    if (!line)
        return nothingExpected(steps);
    const double last = double(history.size()) - 1;
    return reportOf(steps, [&](int ahead) { return stepOf(*line, last + ahead); });
}

std::vector<Sample> samplesOf(const statistics::Series& series)
{
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i])
            samples.push_back({double(i), *series[i]});
    }
    return samples;
}

} // namespace prism::analytics
