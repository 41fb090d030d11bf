#include "server/analytics/dashboard.h"

#include "server/analytics/percentile.h"
#include "server/analytics/trend.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Change;
using protocol::Changes;
using protocol::Dashboard;
using protocol::Failure;
using protocol::Performance;
using protocol::Quality;
using protocol::Result;
using protocol::Summary;
using protocol::Trend;
using protocol::Usage;

namespace {

constexpr int topPrinciples = 10;

std::optional<double> ratio(qint64 part, qint64 whole)
{
    return whole > 0 ? std::optional(double(part) / double(whole)) : std::nullopt;
}

Change change(std::optional<double> current, std::optional<double> previous)
{
    Change result;
    result.previous = previous;
    if (current && previous) {
        result.change = *current - *previous;
        if (*previous != 0)
            result.changePercent = 100 * *result.change / *previous;
    }
    return result;
}

Change changeOfCount(qint64 current, qint64 previous)
{
    return change(std::optional(double(current)), std::optional(double(previous)));
}

Changes changes(const Summary& current, const Summary& previous)
{
    return {changeOfCount(current.totalChecks, previous.totalChecks),
            changeOfCount(current.violations, previous.violations),
            changeOfCount(current.activeUsers, previous.activeUsers),
            change(current.avgCheckTime, previous.avgCheckTime),
            changeOfCount(current.totalRetrospectives, previous.totalRetrospectives),
            change(current.avgViolationRate, previous.avgViolationRate),
            change(current.avgPerformance, previous.avgPerformance)};
}

qint64 distinctUsers(const std::vector<ActiveQuarter>& activity)
{
    QSet<QString> users;
    for (const ActiveQuarter& quarter : activity)
        users.insert(quarter.user);
    return users.size();
}

Summary summarise(const Totals& totals, const std::vector<ActiveQuarter>& activity)
{
    return {totals.checks,       totals.violations, distinctUsers(activity),
            totals.meanDuration, totals.retros,     ratio(totals.checksWithViolations, totals.checks),
            totals.meanDuration};
}

} // namespace

Result<Summary> DashboardBuilder::summary(const Span& span)
{
    const auto totals = m_source.totals(span);
    if (!totals)
        return Failure(totals.error());
    const auto activity = m_source.activity(span);
    if (!activity)
        return Failure(activity.error());
    return summarise(*totals, *activity);
}

Result<Dashboard> DashboardBuilder::dashboard(const Window& window)
{
    const auto totals = m_source.totals(window.span);
    if (!totals)
        return Failure(totals.error());
    const auto activity = m_source.activity(window.span);
    if (!activity)
        return Failure(activity.error());

    Dashboard dashboard;
    dashboard.period = window.period;
    dashboard.generatedAt = window.now;
    dashboard.summary = summarise(*totals, *activity);
    if (window.previous) {
        const auto before = summary(*window.previous);
        if (!before)
            return Failure(before.error());
        dashboard.changes = changes(dashboard.summary, *before);
    }
    const auto ofQuality = quality(window, *totals);
    if (!ofQuality)
        return Failure(ofQuality.error());
    dashboard.quality = *ofQuality;
    const auto ofUsage = usage(window, *totals, *activity);
    if (!ofUsage)
        return Failure(ofUsage.error());
    dashboard.usage = *ofUsage;
    const auto violations = violationsTrend(window);
    if (!violations)
        return Failure(violations.error());
    dashboard.violations = *violations;
    dashboard.violationTrend = violations->direction;
    const auto checks = trend(window, m_source.checkCounts(window.span));
    if (!checks)
        return Failure(checks.error());
    dashboard.usageTrend = checks->direction;
    const auto times = performance(window);
    if (!times)
        return Failure(times.error());
    dashboard.performance = *times;
    return dashboard;
}

Result<Usage> DashboardBuilder::usage(const Window& window)
{
    const auto totals = m_source.totals(window.span);
    if (!totals)
        return Failure(totals.error());
    const auto activity = m_source.activity(window.span);
    if (!activity)
        return Failure(activity.error());
    return usage(window, *totals, *activity);
}

Result<Usage> DashboardBuilder::usage(const Window& window, const Totals& totals,
                                      const std::vector<ActiveQuarter>& activity)
{
    const auto earliest = m_source.earliest();
    if (!earliest)
        return Failure(earliest.error());
    const std::vector<Timestamp> days = dayStarts(window, *earliest, m_zone);
    std::vector<QSet<QString>> users(days.size());
    for (const ActiveQuarter& quarter : activity) {
        if (const auto day = bucketOf(days, quarter.start))
            users[*day].insert(quarter.user);
    }
    double userDays = 0;
    for (const QSet<QString>& ofDay : users)
        userDays += double(ofDay.size());
    return Usage{totals.retros, totals.sessions, totals.meanRetroDuration,
                 ratio(totals.passed, totals.checks), days.empty() ? 0 : userDays / double(days.size())};
}

Result<Quality> DashboardBuilder::quality(const Window& window)
{
    const auto totals = m_source.totals(window.span);
    if (!totals)
        return Failure(totals.error());
    return quality(window, *totals);
}

Result<Quality> DashboardBuilder::quality(const Window& window, const Totals& totals)
{
    const auto principles = m_source.topPrinciples(window.span, topPrinciples);
    if (!principles)
        return Failure(principles.error());
    Quality quality;
    quality.violationRate = ratio(totals.checksWithViolations, totals.checks);
    quality.falsePositiveRate = ratio(totals.falsePositives, totals.violations + totals.falsePositives);
    if (quality.falsePositiveRate)
        quality.patternMatchAccuracy = 1 - *quality.falsePositiveRate;
    for (const PrincipleCount& principle : *principles)
        quality.topViolations.append({principle.id, principle.name.isEmpty() ? principle.id : principle.name,
                                      principle.count, double(principle.count) / double(totals.violations)});
    return quality;
}

Result<Performance> DashboardBuilder::performance(const Window& window)
{
    auto durations = m_source.durations(window.span);
    if (!durations)
        return Failure(durations.error());
    Performance performance;
    if (durations->empty())
        return performance;
    double sum = 0;
    for (const double duration : *durations)
        sum += duration;
    const auto [shortest, longest] = std::minmax_element(durations->begin(), durations->end());
    performance.minCheckTime = *shortest;
    performance.maxCheckTime = *longest;
    performance.avgCheckTime = sum / double(durations->size());
    performance.p50CheckTime = percentile(*durations, 0.50);
    performance.p95CheckTime = percentile(*durations, 0.95);
    performance.p99CheckTime = percentile(*durations, 0.99);
    return performance;
}

Result<Trend> DashboardBuilder::violationsTrend(const Window& window)
{
    return trend(window, m_source.violationCounts(window.span));
}

Result<Trend> DashboardBuilder::trend(const Window& window, const Counts& counts)
{
    if (!counts)
        return Failure(counts.error());
    const auto earliest = m_source.earliest();
    if (!earliest)
        return Failure(earliest.error());
    const std::vector<Timestamp> starts = bucketStarts(window, *earliest, m_zone);
    std::vector<qint64> sums(starts.size(), 0);
    for (const QuarterCount& quarter : *counts) {
        if (const auto bucket = bucketOf(starts, quarter.start))
            sums[*bucket] += quarter.count;
    }
    QList<protocol::TrendPoint> points;
    for (std::size_t i = 0; i < starts.size(); ++i)
        points.append({starts[i], double(sums[i]), i + 1 == starts.size()});
    return makeTrend(std::move(points));
}

} // namespace prism::analytics
