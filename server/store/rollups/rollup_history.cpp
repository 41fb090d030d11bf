#include "server/store/rollups/rollup_history.h"

#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Bucket;
using analytics::BucketPtr;
using analytics::Rollup;

Result<void> RollupHistory::begin()
{
    PRISM_TRY_ASSIGN(Snapshot snapshot, Snapshot::begin(*m_connection));
    PRISM_TRY(m_rollups.refresh());
    m_snapshot.emplace(std::move(snapshot));
    forgetChanged();
    return {};
}

/// And what was not asked for the last time.
void RollupHistory::forgetChanged()
{
    const auto& changed = m_rollups.changed();
    std::erase_if(m_kept, [&changed](const auto& entry) {
        const auto& [span, kept] = entry;
        if (!changed || !kept.isUsed)
            return true;
        const auto next = changed->lower_bound(span.first);
        return next != changed->end() && *next < span.second;
    });
    for (auto& [span, kept] : m_kept)
        kept.isUsed = false;
}

Result<bool> RollupHistory::isNewestLive()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection->select(
                         "SELECT imported FROM checks WHERE whole = 1 ORDER BY ordinal DESC LIMIT 1", {}));
    return !rows.next() || rows.integer(0) == 0;
}

Result<bool> RollupHistory::areGatesUncounted()
{
    PRISM_TRY_ASSIGN(const auto place, SettingsReader(*m_connection).gatesCountedTo());
    return place.has_value();
}

Result<BucketPtr> RollupHistory::bucket(const analytics::Span& span)
{
    if (const auto known = m_kept.find({span.from, span.to}); known != m_kept.end()) {
        known->second.isUsed = true;
        return known->second.bucket;
    }
    PRISM_TRY_ASSIGN(const analytics::RollupPtr rollup, m_rollups.rollup(span));
    const Rollup::Part live = rollup->live();
    auto bucket = std::make_shared<const Bucket>(
        Bucket{rollup->all(), live, rollup->users().count(), live.figures.checks + live.figures.retros > 0});
    m_kept.insert({{span.from, span.to}, {bucket}});
    return bucket;
}

} // namespace prism::store
