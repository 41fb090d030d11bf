#include "server/store/rollups/rollup_folder.h"

#include "server/store/rollups/principle_count_writer.h"
#include "server/store/rollups/rollup_writer.h"
#include "shared/protocol/try.h"

#include <limits>

namespace prism::store {

using analytics::Rollup;
using analytics::RollupDelta;

namespace {

/// Each stands for a row that may have to be written.
constexpr std::size_t mostPrinciplesAStep = 512;

} // namespace

Result<qint64> RollupFolder::fold(qint64 most)
{
    PRISM_TRY_ASSIGN(const DeltaReader::Extent extent, m_deltas.extent());
    qint64 last = extent.folded;
    qint64 taken = 0;
    std::size_t principles = 0;
    Changes changes;
    PRISM_TRY(m_deltas.forEachAfter(extent.folded, [&](const StoredDelta& each) {
        principles += each.delta.principles.size();
        if (taken > 0 && principles > mostPrinciplesAStep)
            return false;
        changes[{Grain::Quarter, each.quarter}].merge(each.delta);
        changes[{Grain::Day, m_calendar.dayOf(each.quarter).from}].merge(each.delta);
        last = each.ordinal;
        return ++taken < most;
    }));
    if (taken == 0)
        return 0;
    for (const auto& [place, change] : changes) {
        PRISM_TRY(add(place, change));
    }
    PRISM_TRY(m_deltas.noteFolded(last));
    return extent.last - last;
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

Result<void> RollupFolder::add(const Place& place, const RollupDelta& change)
{
    RollupWriter table(m_connection, m_scope);
    PRISM_TRY_ASSIGN(Rollup rollup, table.find(place.grain, place.start));
    rollup.merge(change.rollup);
    PRISM_TRY(table.write(place.grain, place.start, rollup));
    return PrincipleCountWriter(m_connection, m_scope).add(place.grain, place.start, change.principles);
}

} // namespace prism::store
