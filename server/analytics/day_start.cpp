#include "server/analytics/day_start.h"

namespace prism::analytics {

using protocol::Timestamp;

namespace {

/// Qt gives the second of two midnights.
Timestamp firstOf(Timestamp midnight, QDate day, const QTimeZone& zone)
{
    const QDateTime before = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(midnight) - 1, zone);
    if (before.date() != day)
        return midnight;
    const QDateTime asUtc(day, QTime(0, 0), QTimeZone::utc());
    return protocol::fromMillis(asUtc.toMSecsSinceEpoch()) - std::chrono::seconds(before.offsetFromUtc());
}

} // namespace

QDateTime localTime(Timestamp t, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(protocol::toMillis(t), zone);
}

Timestamp dayStart(QDate day, const QTimeZone& zone)
{
    const QDateTime midnight = day.startOfDay(zone);
    if (midnight.isValid())
        return firstOf(protocol::fromMillis(midnight.toMSecsSinceEpoch()), day, zone);
    return protocol::fromMillis(day.addDays(1).startOfDay(zone).toMSecsSinceEpoch());
}

} // namespace prism::analytics
