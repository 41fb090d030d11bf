#include "server/store/rollups/rollup_history.h"

namespace prism::store {

using analytics::Bucket;
using analytics::BucketFigures;
using analytics::Rollup;

namespace {

BucketFigures figuresOf(const Rollup::Part& part)
{
    return {part.figures.checks, part.figures.checksWithViolations, part.figures.violations,
            part.durations.percentile(0.95)};
}

} // namespace

Result<void> RollupHistory::begin()
{
    m_snapshot.emplace(*m_database);
    if (const Result<protocol::Seq> refreshed = m_rollups.refresh(); !refreshed) {
        m_snapshot.reset();
        return Failure(refreshed.error());
    }
    return {};
}

Result<Bucket> RollupHistory::bucket(const analytics::Span& span)
{
    const Result<analytics::RollupPtr> rollup = m_rollups.rollup(span);
    if (!rollup)
        return Failure(rollup.error());
    const Rollup::Part live = (*rollup)->live();
    return Bucket{figuresOf((*rollup)->all()), figuresOf(live), (*rollup)->users().count(),
                  live.figures.checks + live.figures.retros > 0};
}

} // namespace prism::store
