#include "server/analytics/trend_builder.h"

#include "server/analytics/forecast.h"
#include "server/analytics/line.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::analytics {

using protocol::ChangePoint;
using protocol::Direction;
using protocol::ForecastReport;
using protocol::Heading;
using protocol::Result;
using protocol::Said;
using protocol::Trend;
using protocol::Unknown;
using protocol::Unsaid;
using statistics::BucketLength;

namespace {

constexpr std::size_t smoothingWidth = 7;

BucketLength bucketLengthOf(Period period)
{
    switch (period) {
    case Period::Today:
        return BucketLength::Hour;
    case Period::Week:
    case Period::Month:
        return BucketLength::Day;
    case Period::Year:
        return BucketLength::Week;
    case Period::All:
        break;
    }
    return BucketLength::Month;
}

/// In buckets.
std::size_t seasonOf(BucketLength length)
{
    return length == BucketLength::Day ? 7 : 1;
}

/// A level is one when it lasts for so many buckets.
std::size_t shortestLevel(BucketLength length)
{
    return length == BucketLength::Day ? 7 : 4;
}

/// Complete buckets that are looked at; hours are not looked back over.
std::size_t lookedBack(BucketLength length)
{
    return length == BucketLength::Hour ? 0 : statistics::SeasonalForecast::longestHistory(length);
}

std::optional<double> trailingMean(const statistics::Series& values, std::size_t first, std::size_t last)
{
    double sum = 0;
    int count = 0;
    for (std::size_t i = last >= first + smoothingWidth ? last - smoothingWidth + 1 : first; i <= last; ++i) {
        if (values[i]) {
            sum += *values[i];
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

} // namespace

Result<Trend> TrendBuilder::trend(TrendMetric metric, const Window& window)
{
    PRISM_TRY_ASSIGN(const Course course,
                     m_courses.read(metric, window, lookedBack(bucketLengthOf(window.period))));
    Trend trend;
    for (std::size_t i = course.window; i < course.starts.size(); ++i) {
        trend.points.append({course.starts[i], course.values[i], i + 1 == course.starts.size()});
        trend.smoothed.append(trailingMean(course.values, course.window, i));
    }
    trend.heading = headingOf(course, window.period);
    trend.changePoints = changePointsOf(course, window.period);
    if (const auto line = Line::fit(samplesOf(course.complete(course.window))))
        trend.rSquared = line->rSquared();
    trend.estimated = course.estimated;
    return trend;
}

Said<Heading> TrendBuilder::headingOf(const Course& course, Period period)
{
    if (period == Period::Today)
        return Unknown(Unsaid::Hours);
    if (period == Period::Week)
        return Unknown(Unsaid::WeekTooShort);
    const auto found = m_findings.direction(course.complete(course.window), seasonOf(bucketLengthOf(period)));
    if (!found)
        return Unknown(Unsaid::TooFewValues);
    const Direction direction = found->sign > 0   ? Direction::Up
                                : found->sign < 0 ? Direction::Down
                                                  : Direction::Stable;
    return Heading{direction, found->slope, found->confidence};
}

Said<QList<ChangePoint>> TrendBuilder::changePointsOf(const Course& course, Period period)
{
    const BucketLength length = bucketLengthOf(period);
    if (length == BucketLength::Hour)
        return Unknown(Unsaid::Hours);
    const std::size_t first = course.last(lookedBack(length));
    const auto found =
        m_findings.changePoints(course.complete(first), seasonOf(length), shortestLevel(length));
    if (!found)
        return Unknown(Unsaid::TooFewValues);
    QList<ChangePoint> inWindow;
    for (const statistics::ChangePoint& point : found->points) {
        if (first + point.first >= course.window)
            inWindow.append({course.starts[first + point.first], point.before, point.after});
    }
    return inWindow;
}

Result<ForecastReport> TrendBuilder::forecast(TrendMetric metric, protocol::ForecastMethod method, int steps,
                                              const Window& window)
{
    const BucketLength length = bucketLengthOf(window.period);
    const std::size_t most = statistics::SeasonalForecast::longestHistory(length);
    PRISM_TRY_ASSIGN(const Course course, m_courses.read(metric, window, most));
    const statistics::Series history = course.complete(course.last(most));
    ForecastReport report;
    if (protocol::answering(method) == protocol::ForecastMethod::Linear)
        report = linearForecast(history, steps);
    else
        report = seasonalForecast(m_findings, history, length, metric, steps);
    report.period = window.period;
    report.metric = metric;
    report.method = method;
    report.heading = headingOf(course, window.period);
    return report;
}

} // namespace prism::analytics
