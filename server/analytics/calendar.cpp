#include "server/analytics/calendar.h"

#include <QDateTime>

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
    const auto startOf = [this](QDate date) {
        return protocol::fromMillis(date.startOfDay(m_zone).toMSecsSinceEpoch());
    };
    Span& known = m_known[m_next++ % m_known.size()];
    known = {startOf(day), startOf(day.addDays(1))};
    return known;
}

} // namespace prism::analytics
