#include "server/analytics/calendar.h"

#include "server/analytics/day_start.h"

#include <QDateTime>

namespace prism::analytics {

Timestamp quarterOf(Timestamp t)
{
    return std::chrono::floor<std::chrono::duration<qint64, std::ratio<900>>>(t);
}

Span Calendar::dayOf(Timestamp t)
{
    if (m_last.from <= t && t < m_last.to)
        return m_last;
    const QDate day = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), m_zone).date();
    m_last = {dayStart(day, m_zone), dayStart(day.addDays(1), m_zone)};
    return m_last;
}

} // namespace prism::analytics
