#include "server/analytics/dashboard.h"

#include "server/analytics/day_start.h"
#include "server/analytics/figures.h"
#include "server/analytics/trend_builder.h"
#include "shared/protocol/try.h"

#include <QDateTime>

#include <algorithm>

namespace prism::analytics {

using protocol::Change;
using protocol::Changes;
using protocol::Dashboard;
using protocol::Performance;
using protocol::Quality;
using protocol::Result;
using protocol::Summary;
using protocol::Usage;

namespace {

constexpr std::size_t mostPrinciples = 10;

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

Summary summarise(const Rollup& rollup)
{
    const Figures& figures = rollup.all().figures;
    const std::optional<double> mean = rollup.all().durations.mean();
    return {figures.checks,
            figures.violations,
            rollup.users().count(),
            mean,
            figures.retros,
            ratio(figures.checksWithViolations, figures.checks),
            mean,
            rollup.users().isEstimated()};
}

Quality qualityOf(const Rollup& rollup, const std::vector<PrincipleCount>& principles)
{
    const Figures& figures = rollup.all().figures;
    Quality quality;
    quality.violationRate = ratio(figures.checksWithViolations, figures.checks);
    quality.falsePositiveRate = ratio(figures.falsePositives, figures.violations + figures.falsePositives);
    if (quality.falsePositiveRate)
        quality.patternMatchAccuracy = 1 - *quality.falsePositiveRate;
    for (const PrincipleCount& principle : principles)
        quality.topViolations.append({principle.id, principle.name.isEmpty() ? principle.id : principle.name,
                                      principle.count, double(principle.count) / double(figures.violations)});
    return quality;
}

Performance performanceOf(const Rollup& rollup)
{
    const DurationHistogram& durations = rollup.all().durations;
    return {durations.mean(),           durations.percentile(0.50), durations.percentile(0.95),
            durations.percentile(0.99), durations.shortest(),       durations.longest()};
}

} // namespace

Result<Dashboard> DashboardBuilder::dashboard(const Window& window)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup(window.span));
    Dashboard dashboard;
    dashboard.period = window.period;
    dashboard.generatedAt = window.now;
    dashboard.summary = summarise(*rollup);
    PRISM_TRY_ASSIGN(dashboard.quality, quality(window, *rollup));
    dashboard.performance = performanceOf(*rollup);
    if (window.previous) {
        PRISM_TRY_ASSIGN(const RollupPtr before, m_source.rollup(*window.previous));
        dashboard.changes = changes(dashboard.summary, summarise(*before));
    }
    PRISM_TRY_ASSIGN(dashboard.usage, usage(window, *rollup));
    PRISM_TRY(addTrends(window, dashboard));
    dashboard.approximate = m_source.isApproximate();
    return dashboard;
}

Result<Usage> DashboardBuilder::usage(const Window& window)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup(window.span));
    return usage(window, *rollup);
}

Result<Usage> DashboardBuilder::usage(const Window& window, const Rollup& rollup)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    const Span soFar{window.span.from, std::min(window.span.to, endOfDay(window.now))};
    PRISM_TRY_ASSIGN(const Distinct userDays, m_source.userDays(soFar));
    const Figures& figures = rollup.all().figures;
    return Usage{figures.retros,
                 rollup.sessions().count(),
                 figures.meanRetroDuration(),
                 ratio(figures.passed, figures.checks),
                 userDays.count / daysSoFar(window, earliest),
                 rollup.sessions().isEstimated() || userDays.isEstimated};
}

Timestamp DashboardBuilder::endOfDay(Timestamp t) const
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), m_zone).date();
    return dayStart(day.addDays(1), m_zone);
}

double DashboardBuilder::daysSoFar(const Window& window, std::optional<Timestamp> earliest) const
{
    const auto dayOf = [this](Timestamp t) {
        return QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), m_zone).date();
    };
    const Timestamp first =
        window.period == Period::All ? std::min(earliest.value_or(window.now), window.now) : window.span.from;
    return double(dayOf(first).daysTo(dayOf(window.now)) + 1);
}

Result<Quality> DashboardBuilder::quality(const Window& window)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup(window.span));
    return quality(window, *rollup);
}

Result<Quality> DashboardBuilder::quality(const Window& window, const Rollup& rollup)
{
    PRISM_TRY_ASSIGN(const auto principles, m_source.topPrinciples(window.span, mostPrinciples));
    return qualityOf(rollup, principles);
}

Result<Performance> DashboardBuilder::performance(const Window& window)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup(window.span));
    return performanceOf(*rollup);
}

Result<void> DashboardBuilder::addTrends(const Window& window, Dashboard& dashboard)
{
    TrendBuilder trends(m_source, m_zone, m_findings);
    PRISM_TRY_ASSIGN(dashboard.violations, trends.trend(TrendMetric::Violations, window));
    PRISM_TRY_ASSIGN(const auto checks, trends.trend(TrendMetric::Checks, window));
    dashboard.usageTrend =
        checks.heading.map([](const protocol::Heading& heading) { return heading.direction; });
    return {};
}

} // namespace prism::analytics
