#include "server/analytics/calendar.h"

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
    const auto startOf = [this](QDate date) {
        return protocol::fromMillis(date.startOfDay(m_zone).toMSecsSinceEpoch());
    };
    m_last = {startOf(day), startOf(day.addDays(1))};
    return m_last;
}

} // namespace prism::analytics
