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
    const auto read =
        m_table.forEachQuarter({from, Timestamp::max()}, [this](Timestamp start, const Figures& figures) {
            m_figures.emplace(start, figures);
        });
    m_isWhole = read.has_value();
}

void RecentQuarters::note(Timestamp start, const Figures& figures)
{
    if (m_from && start >= *m_from)
        m_figures.insert_or_assign(start, figures);
}

void RecentQuarters::forEach(const analytics::Span& span, const RollupTable::EachFigures& each) const
{
    for (auto quarter = m_figures.lower_bound(span.from);
         quarter != m_figures.end() && quarter->first < span.to; ++quarter)
        each(quarter->first, quarter->second);
}

} // namespace prism::store
