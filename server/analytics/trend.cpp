#include "server/analytics/trend.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace prism::analytics {

using protocol::Direction;
using protocol::Trend;
using protocol::TrendPoint;

namespace {

constexpr qsizetype smoothingWidth = 7;
constexpr double noticeableChange = 0.1;
constexpr double stepFactor = 3;
constexpr double smallestStep = 5;

std::optional<double> trailingMean(const QList<TrendPoint>& points, qsizetype last)
{
    double sum = 0;
    int count = 0;
    for (qsizetype i = std::max<qsizetype>(0, last - smoothingWidth + 1); i <= last; ++i) {
        if (points[i].value) {
            sum += *points[i].value;
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

void fitLine(const std::vector<Sample>& samples, Trend& trend)
{
    const std::optional<Line> line = Line::fit(samples);
    if (!line)
        return;
    trend.slope = line->slope();
    trend.rSquared = line->rSquared();
    const double change = trend.slope * (samples.back().x - samples.front().x);
    if (std::abs(change) > noticeableChange * std::abs(line->meanY()))
        trend.direction = change > 0 ? Direction::Up : Direction::Down;
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

void findSteps(const std::vector<Sample>& samples, Trend& trend)
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < samples.size(); ++i)
        steps.push_back(std::abs(samples[i].y - samples[i - 1].y));
    if (steps.empty())
        return;
    const double threshold = std::max(stepFactor * median(steps), smallestStep);
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (steps[i - 1] > threshold)
            trend.changePoints.append(
                {trend.points[qsizetype(samples[i].x)].start, samples[i - 1].y, samples[i].y});
    }
}

} // namespace

std::vector<Sample> completeSamples(const QList<TrendPoint>& points)
{
    std::vector<Sample> samples;
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (points[i].value && !points[i].partial)
            samples.push_back({double(i), *points[i].value});
    }
    return samples;
}

Trend makeTrend(QList<TrendPoint> points)
{
    Trend trend;
    trend.points = std::move(points);
    for (qsizetype i = 0; i < trend.points.size(); ++i)
        trend.smoothed.append(trailingMean(trend.points, i));
    const std::vector<Sample> samples = completeSamples(trend.points);
    fitLine(samples, trend);
    findSteps(samples, trend);
    return trend;
}

double confidenceOf(const protocol::Trend& trend)
{
    const std::optional<Line> line = Line::fit(completeSamples(trend.points));
    return line ? line->confidence() : 0;
}

} // namespace prism::analytics
