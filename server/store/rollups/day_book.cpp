#include "server/store/rollups/day_book.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Timestamp;

Result<void> DayBook::read()
{
    m_days.clear();
    PRISM_TRY(m_table.forEachDay([this](Timestamp start, const DayFigures& day) {
        const std::size_t known = m_days.size();
        const auto entry =
            m_days.emplace_hint(m_days.end(), start, Day{day.figures, Users{day.users, day.usersEstimated}});
        if (m_days.size() == known) { // it has this day from another scope
            entry->second.figures += day.figures;
            entry->second.users.reset();
        }
    }));
    m_tail.forEachWaiting([this](const StoredDelta& delta) { add(delta); });
    return {};
}

void DayBook::add(const StoredDelta& delta)
{
    Day& day = m_days[m_calendar.dayOf(delta.quarter).from];
    day.figures += delta.delta.rollup.all().figures;
    day.users.reset();
}

void DayBook::setUsers(Timestamp day, const Users& users)
{
    if (const auto known = m_days.find(day); known != m_days.end())
        known->second.users = users;
}

void DayBook::forEach(const analytics::Span& span, const RollupReader::EachFigures& each) const
{
    for (auto day = m_days.lower_bound(span.from); day != m_days.end() && day->first < span.to; ++day)
        each(day->first, day->second.figures);
}

} // namespace prism::store
