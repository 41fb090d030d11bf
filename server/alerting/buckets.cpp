#include "server/alerting/buckets.h"

#include "server/analytics/day_start.h"

#include <QDateTime>

namespace prism::alerting {

namespace {

QDate dateOf(Timestamp t, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), zone).date();
}

} // namespace

Timestamp Buckets::midnight(int daysAgo) const
{
    return analytics::dayStart(dateOf(m_now, m_zone).addDays(-daysAgo), m_zone);
}

std::vector<Span> Buckets::hours(const Span& span)
{
    std::vector<Span> all;
    for (Span hour = m_calendar.hourOf(span.from); hour.from < span.to; hour = m_calendar.hourOf(hour.to))
        all.push_back(hour);
    return all;
}

std::vector<Span> Buckets::days(const Span& span)
{
    std::vector<Span> all;
    for (Span day = m_calendar.dayOf(span.from); day.from < span.to; day = m_calendar.dayOf(day.to))
        all.push_back(day);
    return all;
}

Span Buckets::lastDay()
{
    const Span running = m_calendar.dayOf(m_now - analytics::closing);
    return m_calendar.dayOf(running.from - std::chrono::milliseconds(1));
}

std::vector<Span> Buckets::weekdaysBefore(const Span& day, int count) const
{
    const QDate date = dateOf(day.from, m_zone);
    std::vector<Span> all;
    for (int weeks = 1; weeks <= count; ++weeks) {
        const QDate before = date.addDays(-7 * weeks);
        all.push_back({analytics::dayStart(before, m_zone), analytics::dayStart(before.addDays(1), m_zone)});
    }
    return all;
}

} // namespace prism::alerting
