#include "server/alerting/buckets.h"

#include "server/analytics/day_start.h"
#include "server/analytics/last_moment.h"

#include <QDateTime>

namespace prism::alerting {

namespace {

constexpr std::chrono::hours oneHour{1};

QDateTime local(Timestamp t, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), zone);
}

Span spanOf(QDate day, const QTimeZone& zone)
{
    return {analytics::dayStart(day, zone), analytics::dayStart(day.addDays(1), zone)};
}

} // namespace

Span hourOf(Timestamp t, const QTimeZone& zone)
{
    const QTime time = local(t, zone).time();
    const std::chrono::milliseconds sinceTheHour(time.msecsSinceStartOfDay() % (60 * 60 * 1000));
    return {t - sinceTheHour, t - sinceTheHour + oneHour};
}

Span dayOf(Timestamp t, const QTimeZone& zone)
{
    return spanOf(local(t, zone).date(), zone);
}

std::vector<Span> hoursBefore(const Span& hour, int count)
{
    std::vector<Span> hours;
    for (int i = 1; i <= count; ++i)
        hours.push_back({hour.from - i * oneHour, hour.to - i * oneHour});
    return hours;
}

std::vector<Span> sameHoursBefore(const Span& hour, int count, const QTimeZone& zone)
{
    const QDateTime start = local(hour.from, zone);
    std::vector<Span> hours;
    for (int i = 1; i <= count; ++i) {
        const Timestamp from = analytics::lastMomentOf(start.date().addDays(-i), start.time(), zone);
        hours.push_back({from, from + oneHour});
    }
    return hours;
}

std::vector<Span> daysBefore(const Span& day, int count, int step, const QTimeZone& zone)
{
    const QDate date = local(day.from, zone).date();
    std::vector<Span> days;
    for (int i = 1; i <= count; ++i)
        days.push_back(spanOf(date.addDays(-i * step), zone));
    return days;
}

} // namespace prism::alerting
