#include "server/store/rollups/delta_tail.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

namespace {

/// To read more of them takes longer than to read the buckets anew.
constexpr qint64 mostBehind = 2'048;

/// Kept for what is not looked at each time. The memory they take is small beside what is kept of windows.
constexpr std::size_t mostDeltasKept = 512;

} // namespace

DeltaTail::DeltaTail(ReadConnection& connection, const Scopes& scopes)
{
    for (const Scope scope : scopes)
        m_followed.push_back({DeltaReader(connection, scope)});
}

bool DeltaTail::Followed::isGapless() const
{
    return seen >= 0 && extent.last >= seen && extent.last - seen <= mostBehind &&
           (extent.last == seen || extent.first <= seen + 1);
}

Result<bool> DeltaTail::advance()
{
    forgetFolded();
    const qint64 before = std::exchange(m_before, -1);
    bool isGapless = before >= 0;
    for (Followed& each : m_followed) {
        each.seen = before < 0 ? -1 : each.extent.last;
        PRISM_TRY_ASSIGN(each.extent, each.reader.extent());
        isGapless = isGapless && each.isGapless();
    }
    if (!isGapless)
        m_deltas.clear();
    const qint64 last = m_last;
    for (std::size_t i = 0; i < m_followed.size(); ++i) {
        const Followed& each = m_followed[i];
        if (!isGapless || each.extent.last > each.seen)
            PRISM_TRY(readAfter(i, isGapless ? each.seen : each.extent.folded));
    }
    const auto waiting = std::ranges::find_if(m_deltas, [this](const Kept& kept) { return isWaiting(kept); });
    m_firstWaiting = std::size_t(waiting - m_deltas.begin());
    m_before = isGapless ? before : last;
    return isGapless;
}

Result<void> DeltaTail::readAfter(std::size_t followed, qint64 ordinal)
{
    return m_followed[followed].reader.forEachAfter(ordinal, [this, followed](StoredDelta delta) {
        m_deltas.push_back({++m_last, followed, std::move(delta)});
        return true;
    });
}

bool DeltaTail::isWaiting(const Kept& kept) const
{
    return kept.delta.ordinal > m_followed[kept.followed].extent.folded;
}

/// What is folded goes wherever it stands: one that waits for long in a quiet scope keeps none of the others.
void DeltaTail::forgetFolded()
{
    if (m_before < 0 || m_deltas.size() <= mostDeltasKept)
        return;
    std::erase_if(m_deltas, [this](const Kept& kept) {
        if (isWaiting(kept))
            return false;
        m_before = std::max(m_before, kept.place);
        return true;
    });
}

void DeltaTail::forEachAfter(qint64 place, const Each& each) const
{
    const auto first = std::ranges::upper_bound(m_deltas, place, {}, &Kept::place);
    for (auto kept = first; kept != m_deltas.end(); ++kept)
        each(kept->delta);
}

void DeltaTail::forEachWaiting(const Each& each) const
{
    for (std::size_t i = m_firstWaiting; i < m_deltas.size(); ++i) {
        if (isWaiting(m_deltas[i]))
            each(m_deltas[i].delta);
    }
}

void DeltaTail::forEachWaiting(const analytics::Span& span, const Each& each) const
{
    forEachWaiting([&](const StoredDelta& delta) {
        if (delta.quarter >= span.from && delta.quarter < span.to)
            each(delta);
    });
}

} // namespace prism::store
