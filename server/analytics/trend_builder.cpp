#include "server/analytics/trend_builder.h"

#include "server/analytics/trend.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Result;
using protocol::Severity;
using protocol::Trend;

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
        return figures.checks > 0
                   ? std::optional(double(figures.checksWithViolations) / double(figures.checks))
                   : std::nullopt;
    case TrendMetric::Violations:
    case TrendMetric::Usage:
    case TrendMetric::Performance:
    case TrendMetric::MeanTime:
        break;
    }
    return double(figures.violations);
}

} // namespace

Result<Trend> TrendBuilder::trend(TrendMetric metric, const Window& window)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    const std::vector<Timestamp> starts = bucketStarts(window, earliest, m_zone);
    Values values;
    bool estimated = false;
    if (metric == TrendMetric::Usage) {
        PRISM_TRY_ASSIGN(const auto users, m_source.users(starts, window.span.to));
        for (const Distinct& each : users) {
            values.emplace_back(each.count);
            estimated |= each.isEstimated;
        }
    } else {
        const bool areTimes = metric == TrendMetric::Performance || metric == TrendMetric::MeanTime;
        PRISM_TRY_ASSIGN(values, areTimes ? times(metric, window, starts) : counts(metric, window, starts));
    }
    QList<protocol::TrendPoint> points;
    for (std::size_t i = 0; i < starts.size(); ++i)
        points.append({starts[i], values[i], i + 1 == starts.size()});
    Trend trend = makeTrend(std::move(points));
    trend.estimated = estimated;
    return trend;
}

Result<TrendBuilder::Values> TrendBuilder::counts(TrendMetric metric, const Window& window,
                                                  const std::vector<Timestamp>& starts)
{
    PRISM_TRY_ASSIGN(const auto figures, m_source.figures(starts, window.span.to));
    Values values;
    for (const Figures& each : figures)
        values.push_back(valueOf(metric, each));
    return values;
}

Result<TrendBuilder::Values> TrendBuilder::times(TrendMetric metric, const Window& window,
                                                 const std::vector<Timestamp>& starts)
{
    Values values;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Timestamp end = i + 1 < starts.size() ? starts[i + 1] : window.span.to;
        PRISM_TRY_ASSIGN(const RollupPtr rollup, m_source.rollup({starts[i], std::max(starts[i], end)}));
        const DurationHistogram& durations = rollup->all().durations;
        values.push_back(metric == TrendMetric::MeanTime ? durations.mean() : durations.percentile(0.95));
    }
    return values;
}

} // namespace prism::analytics
