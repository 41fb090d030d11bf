#include "server/analytics/last_moment.h"

#include <QDateTime>

#include <algorithm>

namespace prism::analytics {

/// Each of the zone's offsets around that day gives one candidate.
protocol::Timestamp lastMomentOf(QDate day, QTime time, const QTimeZone& zone)
{
    const QDateTime any(day, time, zone);
    const qint64 asUtc = QDateTime(day, time, QTimeZone::utc()).toMSecsSinceEpoch();
    qint64 last = any.toMSecsSinceEpoch();
    for (const int days : {-1, 1}) {
        const qint64 ms = asUtc - 1000LL * zone.offsetFromUtc(any.addDays(days));
        const QDateTime candidate = QDateTime::fromMSecsSinceEpoch(ms, zone);
        if (candidate.date() == day && candidate.time() == time)
            last = std::max(last, ms);
    }
    return protocol::fromMillis(last);
}

} // namespace prism::analytics
