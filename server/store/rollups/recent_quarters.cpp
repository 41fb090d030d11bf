#include "server/store/rollups/recent_quarters.h"

namespace prism::store {

using analytics::Figures;
using protocol::Timestamp;

void RecentQuarters::keepFrom(Timestamp from)
{
    if (from == m_from)
        return;
    m_from = from;
    m_figures.clear();
    const analytics::Span span{from, Timestamp::max()};
    const auto read = m_table.forEachQuarter(
        span, [this](Timestamp start, const Figures& figures) { m_figures[start] += figures; });
    m_isWhole = read.has_value();
    if (!m_isWhole)
        m_from.reset(); // the next time it may be possible
    m_tail.forEachWaiting(span, [this](const StoredDelta& delta) { add(delta); });
}

void RecentQuarters::add(const StoredDelta& delta)
{
    if (m_from && delta.quarter >= *m_from)
        m_figures[delta.quarter] += delta.delta.rollup.all().figures;
}

void RecentQuarters::forEach(const analytics::Span& span, const RollupReader::EachFigures& each) const
{
    for (auto quarter = m_figures.lower_bound(span.from);
         quarter != m_figures.end() && quarter->first < span.to; ++quarter)
        each(quarter->first, quarter->second);
}

} // namespace prism::store
