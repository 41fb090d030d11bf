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

Result<bool> DeltaTail::advance()
{
    forgetOldest();
    const qint64 before = std::exchange(m_before, -1);
    const qint64 seen = before < 0 ? -1 : m_extent.last;
    PRISM_TRY_ASSIGN(m_extent, m_reader.extent());
    const bool isGapless = seen >= 0 && m_extent.last >= seen && m_extent.last - seen <= mostBehind &&
                           (m_extent.last == seen || m_extent.first <= seen + 1);
    if (!isGapless)
        m_deltas.clear();
    const qint64 from = isGapless ? seen : m_extent.folded;
    PRISM_TRY(readAfter(from));
    m_before = isGapless ? before : from;
    return isGapless;
}

Result<void> DeltaTail::readAfter(qint64 ordinal)
{
    return m_reader.forEachAfter(ordinal, [this](StoredDelta delta) {
        if (delta.scope == m_scope)
            m_deltas.push_back(std::move(delta));
        return true;
    });
}

void DeltaTail::forgetOldest()
{
    while (m_deltas.size() > mostDeltasKept && m_deltas.front().ordinal <= m_extent.folded) {
        m_before = m_deltas.front().ordinal;
        m_deltas.pop_front();
    }
}

void DeltaTail::forEachAfter(qint64 ordinal, const Each& each) const
{
    const auto first =
        std::upper_bound(m_deltas.begin(), m_deltas.end(), ordinal,
                         [](qint64 wanted, const StoredDelta& delta) { return wanted < delta.ordinal; });
    for (auto delta = first; delta != m_deltas.end(); ++delta)
        each(*delta);
}

void DeltaTail::forEachWaiting(const analytics::Span& span, const Each& each) const
{
    forEachAfter(m_extent.folded, [&](const StoredDelta& delta) {
        if (delta.quarter >= span.from && delta.quarter < span.to)
            each(delta);
    });
}

} // namespace prism::store
