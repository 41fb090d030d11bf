#include "server/analytics/calendar.h"

#include "server/analytics/day_start.h"

#include <QDateTime>

#include <algorithm>

namespace prism::analytics {

Timestamp quarterOf(Timestamp t)
{
    return std::chrono::floor<std::chrono::duration<qint64, std::ratio<900>>>(t);
}

Span Calendar::dayOf(Timestamp t)
{
    for (const Span& day : m_known) {
        if (day.from <= t && t < day.to)
            return day;
    }
    const QDate day = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), m_zone).date();
    Span& known = m_known[m_next++ % m_known.size()];
    known = {dayStart(day, m_zone), dayStart(day.addDays(1), m_zone)};
    return known;
}

Span Calendar::hourOf(Timestamp t)
{
    constexpr std::chrono::hours oneHour{1};
    const Span day = dayOf(t);
    const Timestamp from = day.from + std::chrono::floor<std::chrono::hours>(t - day.from);
    return {from, std::min(from + oneHour, day.to)};
}

} // namespace prism::analytics
