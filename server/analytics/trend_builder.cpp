#include "server/analytics/trend_builder.h"

#include "server/analytics/percentile.h"
#include "server/analytics/trend.h"

namespace prism::analytics {

using protocol::Failure;
using protocol::Result;
using protocol::Severity;
using protocol::Trend;

namespace {

using Values = Result<std::vector<std::optional<double>>>;

Values summed(const Result<std::vector<QuarterCount>>& counts, const std::vector<Timestamp>& starts)
{
    if (!counts)
        return Failure(counts.error());
    std::vector<std::optional<double>> sums(starts.size(), 0);
    for (const QuarterCount& quarter : *counts) {
        if (const auto bucket = bucketOf(starts, quarter.start))
            *sums[*bucket] += double(quarter.count);
    }
    return sums;
}

} // namespace

Result<Trend> TrendBuilder::trend(TrendMetric metric, const Window& window)
{
    const auto earliest = m_source.earliest();
    if (!earliest)
        return Failure(earliest.error());
    const std::vector<Timestamp> starts = bucketStarts(window, *earliest, m_zone);
    const Values computed = values(metric, window, starts);
    if (!computed)
        return Failure(computed.error());
    QList<protocol::TrendPoint> points;
    for (std::size_t i = 0; i < starts.size(); ++i)
        points.append({starts[i], computed->at(i), i + 1 == starts.size()});
    return makeTrend(std::move(points));
}

TrendBuilder::Values TrendBuilder::values(TrendMetric metric, const Window& window,
                                          const std::vector<Timestamp>& starts)
{
    switch (metric) {
    case TrendMetric::Violations:
        return summed(m_source.violationCounts(window.span), starts);
    case TrendMetric::Checks:
        return summed(m_source.checkCounts(window.span), starts);
    case TrendMetric::Patterns:
        return summed(m_source.severityCounts(window.span, Severity::Warning), starts);
    case TrendMetric::Traps:
        return summed(m_source.severityCounts(window.span, Severity::Block), starts);
    case TrendMetric::Usage:
        return users(window, starts);
    case TrendMetric::Retros:
    case TrendMetric::Quality:
    case TrendMetric::Performance:
    case TrendMetric::MeanTime:
        break;
    }
    std::vector<std::optional<double>> all;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const bool isLast = i + 1 == starts.size();
        const auto value = valueOf(metric, {starts[i], isLast ? window.span.to : starts[i + 1]});
        if (!value)
            return Failure(value.error());
        all.push_back(*value);
    }
    return all;
}

TrendBuilder::Values TrendBuilder::users(const Window& window, const std::vector<Timestamp>& starts)
{
    const auto activity = m_source.activity(window.span);
    if (!activity)
        return Failure(activity.error());
    std::vector<QSet<QString>> present(starts.size());
    for (const ActiveQuarter& quarter : *activity) {
        if (const auto bucket = bucketOf(starts, quarter.start))
            present[*bucket].insert(quarter.user);
    }
    std::vector<std::optional<double>> counts;
    for (const QSet<QString>& users : present)
        counts.emplace_back(double(users.size()));
    return counts;
}

Result<std::optional<double>> TrendBuilder::valueOf(TrendMetric metric, const Span& bucket)
{
    if (metric == TrendMetric::Performance) {
        auto durations = m_source.durations(bucket);
        if (!durations)
            return Failure(durations.error());
        return percentile(*durations, 0.95);
    }
    const auto totals = m_source.totals(bucket);
    if (!totals)
        return Failure(totals.error());
    if (metric == TrendMetric::Retros)
        return std::optional(double(totals->retros));
    if (metric == TrendMetric::MeanTime)
        return totals->meanDuration;
    if (totals->checks == 0)
        return std::optional<double>();
    return std::optional(double(totals->checksWithViolations) / double(totals->checks));
}

} // namespace prism::analytics
