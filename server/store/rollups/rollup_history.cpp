#include "server/store/rollups/rollup_history.h"

#include "shared/protocol/try.h"

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
    PRISM_TRY_ASSIGN(Snapshot snapshot, Snapshot::begin(*m_connection));
    PRISM_TRY(m_rollups.refresh());
    m_snapshot.emplace(std::move(snapshot));
    return {};
}

Result<Bucket> RollupHistory::bucket(const analytics::Span& span)
{
    PRISM_TRY_ASSIGN(const analytics::RollupPtr rollup, m_rollups.rollup(span));
    const Rollup::Part live = rollup->live();
    return Bucket{figuresOf(rollup->all()), figuresOf(live), rollup->users().count(),
                  live.figures.checks + live.figures.retros > 0};
}

} // namespace prism::store
