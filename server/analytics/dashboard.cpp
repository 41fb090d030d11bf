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

Change change(std::optional<double> current, std::optional<double> previous,
              const protocol::Assessment& assessment)
{
    Change result;
    result.previous = previous;
    if (current && previous) {
        result.change = *current - *previous;
        if (*previous != 0)
            result.changePercent = 100 * *result.change / *previous;
    }
    result.assessment = assessment;
    return result;
}

Changes changes(const Summary& current, const std::optional<Summary>& previous, const Assessments& said)
{
    const auto of = [&](const char* name, auto Summary::*value) {
        const std::optional<double> now = current.*value;
        std::optional<double> before;
        if (previous)
            before = (*previous).*value;
        return change(now, before, said.of(QLatin1String(name)));
    };
    return {of("totalChecks", &Summary::totalChecks),
            of("violations", &Summary::violations),
            of("activeUsers", &Summary::activeUsers),
            of("avgCheckTime", &Summary::avgCheckTime),
            of("totalRetrospectives", &Summary::totalRetrospectives),
            of("violationRate", &Summary::avgViolationRate),
            of("avgCheckTime", &Summary::avgPerformance)};
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

Result<Dashboard> DashboardBuilder::dashboard(const Window& window, const KnownNoise& known)
{
    PRISM_TRY_ASSIGN(const SpanFacts facts, factsOf(window));
    Dashboard dashboard;
    dashboard.period = window.period;
    dashboard.generatedAt = window.now;
    dashboard.summary = summarise(*facts.rollup);
    PRISM_TRY_ASSIGN(dashboard.quality, quality(window, *facts.rollup));
    dashboard.performance = performanceOf(*facts.rollup);
    if (window.previous) {
        PRISM_TRY_ASSIGN(const auto before, factsBefore(window));
        const auto previous = before ? std::optional(summarise(*before->rollup)) : std::nullopt;
        dashboard.changes = changes(dashboard.summary, previous, Assessments(window, facts, before, known));
    }
    PRISM_TRY_ASSIGN(dashboard.usage, usage(window, facts));
    PRISM_TRY(addTrends(window, dashboard));
    dashboard.approximate = m_source.isApproximate();
    return dashboard;
}

Result<Assessments> DashboardBuilder::assessments(const Window& window, const KnownNoise& known)
{
    PRISM_TRY_ASSIGN(const SpanFacts facts, factsOf(window));
    PRISM_TRY_ASSIGN(const auto before, factsBefore(window));
    return Assessments(window, facts, before, known);
}

Result<bool> DashboardBuilder::hasBaseline(const Window& window)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    return window.previous && earliest && window.previous->from > *earliest;
}

/// What is ahead of the clock, at midnight, is of no further day.
Result<SpanFacts> DashboardBuilder::factsOf(const Window& window)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup(window.span));
    const Span soFar{window.span.from, std::min(window.span.to, endOfDay(window.now))};
    PRISM_TRY_ASSIGN(const Distinct userDays, m_source.userDays(soFar));
    return SpanFacts{rollup, userDays};
}

Result<std::optional<SpanFacts>> DashboardBuilder::factsBefore(const Window& window)
{
    PRISM_TRY_ASSIGN(const bool isKnown, hasBaseline(window));
    if (!isKnown)
        return std::optional<SpanFacts>();
    PRISM_TRY_ASSIGN(SpanFacts facts, SpanFacts::of(m_source, *window.previous));
    return std::optional(std::move(facts));
}

Result<Usage> DashboardBuilder::usage(const Window& window)
{
    PRISM_TRY_ASSIGN(const SpanFacts facts, factsOf(window));
    return usage(window, facts);
}

Result<Usage> DashboardBuilder::usage(const Window& window, const SpanFacts& facts)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    const Rollup& rollup = *facts.rollup;
    const Figures& figures = rollup.all().figures;
    return Usage{figures.retros,
                 rollup.sessions().count(),
                 figures.meanRetroDuration(),
                 ratio(figures.passed, figures.checks),
                 facts.userDays.count / daysSoFar(window, earliest),
                 rollup.sessions().isEstimated() || facts.userDays.isEstimated};
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
