#include "server/store/rollups/rollup_folder.h"

#include "shared/protocol/try.h"

#include <limits>

namespace prism::store {

using analytics::RollupDelta;

namespace {

/// Each stands for a row that may have to be written.
constexpr std::size_t mostPrinciplesAStep = 512;

} // namespace

Result<RollupFolder::Step> RollupFolder::prepare(qint64 most)
{
    PRISM_TRY_ASSIGN(const DeltaReader::Extent extent, m_deltas.extent());
    Step step;
    step.last = extent.folded;
    std::size_t principles = 0;
    std::map<Place, RollupDelta> changes;
    PRISM_TRY(m_deltas.forEachAfter(extent.folded, [&](const StoredDelta& each) {
        principles += each.delta.principles.size();
        if (step.taken > 0 && principles > mostPrinciplesAStep)
            return false;
        changes[{Grain::Quarter, each.quarter}].merge(each.delta);
        changes[{Grain::Day, m_calendar.dayOf(each.quarter).from}].merge(each.delta);
        step.last = each.ordinal;
        return ++step.taken < most;
    }));
    step.left = extent.last - step.last;
    for (const auto& [place, change] : changes) {
        Bucket& bucket = step.buckets[place];
        PRISM_TRY_ASSIGN(bucket.rollup, m_rollups.find(place.grain, place.start));
        bucket.rollup.merge(change.rollup);
        PRISM_TRY_ASSIGN(bucket.principles, m_counts.sums(place.grain, place.start, change.principles));
    }
    return step;
}

Result<void> RollupFolder::write(const Step& step)
{
    if (step.taken == 0)
        return {};
    for (const auto& [place, bucket] : step.buckets) {
        PRISM_TRY(m_rollups.write(place.grain, place.start, bucket.rollup));
        PRISM_TRY(m_counts.write(place.grain, place.start, bucket.principles));
    }
    return m_deltas.noteFolded(step.last);
}

Result<qint64> RollupFolder::fold(qint64 most)
{
    PRISM_TRY_ASSIGN(const Step step, prepare(most));
    PRISM_TRY(write(step));
    return step.left;
}

Result<void> RollupFolder::foldAll()
{
    qint64 left = 0;
    do {
        PRISM_TRY_ASSIGN(left, fold(std::numeric_limits<qint64>::max()));
    } while (left > 0);
    return {};
}

Result<qint64> RollupFolder::waiting()
{
    PRISM_TRY_ASSIGN(const DeltaReader::Extent extent, m_deltas.extent());
    return extent.waiting();
}

} // namespace prism::store
