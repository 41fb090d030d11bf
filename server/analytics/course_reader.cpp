#include "server/analytics/course_reader.h"

#include "server/analytics/day_start.h"
#include "shared/protocol/try.h"

#include <QDateTime>

#include <algorithm>

namespace prism::analytics {

using protocol::Result;
using protocol::Severity;

namespace {

std::optional<double> valueOf(TrendMetric metric, const Figures& figures)
{
    switch (metric) {
    case TrendMetric::Checks:
        return double(figures.checks);
    case TrendMetric::Retros:
        return double(figures.retros);
    case TrendMetric::Patterns:
        return double(figures.bySeverity[std::size_t(Severity::Warning)]);
    case TrendMetric::Traps:
        return double(figures.bySeverity[std::size_t(Severity::Block)]);
    case TrendMetric::Quality:
        return ratio(figures.checksWithViolations, figures.checks);
    case TrendMetric::Violations:
    case TrendMetric::Usage:
    case TrendMetric::Performance:
    case TrendMetric::MeanTime:
        break;
    }
    return double(figures.violations);
}

/// The same window, begun so many of its buckets earlier.
Window begunEarlier(Window window, std::size_t buckets, const QTimeZone& zone)
{
    const auto daysEarlier = [&](qint64 days) {
        const QDateTime from = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(window.span.from), zone);
        return dayStart(from.date().addDays(-days), zone);
    };
    switch (window.period) {
    case Period::Today:
        window.span.from -= std::chrono::hours(buckets);
        break;
    case Period::Week:
    case Period::Month:
        window.span.from = daysEarlier(qint64(buckets));
        break;
    case Period::Year:
        window.span.from = daysEarlier(7 * qint64(buckets));
        break;
    case Period::All:
        break; // nothing is before it
    }
    return window;
}

} // namespace

Result<Course> CourseReader::read(TrendMetric metric, const Window& window, std::size_t complete)
{
    Course course;
    PRISM_TRY(findBuckets(window, complete, course));
    switch (metric) {
    case TrendMetric::Usage:
        PRISM_TRY(addUsers(window.span.to, course));
        break;
    case TrendMetric::Performance:
    case TrendMetric::MeanTime:
        PRISM_TRY(addTimes(metric, window.span.to, course));
        break;
    default:
        PRISM_TRY(addCounts(metric, window.span.to, course));
    }
    return course;
}

Result<void> CourseReader::findBuckets(const Window& window, std::size_t complete, Course& course)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    course.starts = bucketStarts(window, earliest, m_zone);
    if (!earliest || window.period == Period::All || course.starts.size() > complete)
        return {};
    const std::size_t before = complete - (course.starts.size() - 1);
    const std::vector<Timestamp> all = bucketStarts(begunEarlier(window, before, m_zone), earliest, m_zone);
    const auto inWindow = std::lower_bound(all.begin(), all.end(), window.span.from);
    const auto holdsFirst = std::ptrdiff_t(bucketOf(all, *earliest).value_or(0));
    course.starts.assign(std::min(all.begin() + holdsFirst, inWindow), all.end());
    course.window = course.starts.size() - std::size_t(all.end() - inWindow);
    return {};
}

Result<void> CourseReader::addCounts(TrendMetric metric, Timestamp end, Course& course)
{
    PRISM_TRY_ASSIGN(const auto figures, m_source.figures(course.starts, end));
    for (const Figures& each : figures)
        course.values.push_back(valueOf(metric, each));
    const auto first = std::find_if(figures.begin(), figures.end(),
                                    [](const Figures& each) { return each.checks > 0 || each.retros > 0; });
    course.beginning = std::size_t(first - figures.begin());
    return {};
}

Result<void> CourseReader::addUsers(Timestamp end, Course& course)
{
    PRISM_TRY_ASSIGN(const auto users, m_source.users(course.starts, end));
    for (const Distinct& each : users) {
        course.values.emplace_back(each.count);
        course.estimated |= each.isEstimated;
    }
    const auto first =
        std::find_if(users.begin(), users.end(), [](const Distinct& each) { return each.count > 0; });
    course.beginning = std::size_t(first - users.begin());
    return {};
}

Result<void> CourseReader::addTimes(TrendMetric metric, Timestamp end, Course& course)
{
    PRISM_TRY_ASSIGN(const auto times, m_source.times(course.starts, end));
    for (const Times& each : times)
        course.values.push_back(metric == TrendMetric::MeanTime ? each.mean : each.p95);
    return {};
}

} // namespace prism::analytics
