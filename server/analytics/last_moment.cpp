#include "server/analytics/last_moment.h"

#include <QDateTime>

namespace prism::analytics {

/// The later of two has the offset that holds after the clocks were put back. Where there is only one, it is
/// the one that Qt gives.
protocol::Timestamp lastMomentOf(QDate day, QTime time, const QTimeZone& zone)
{
    const QDateTime any(day, time, zone);
    const qint64 asUtc = QDateTime(day, time, QTimeZone::utc()).toMSecsSinceEpoch();
    const qint64 later = asUtc - 1000LL * zone.offsetFromUtc(any.addDays(1));
    const QDateTime shown = QDateTime::fromMSecsSinceEpoch(later, zone);
    const bool isSame = shown.date() == day && shown.time() == time;
    return protocol::fromMillis(isSame ? later : any.toMSecsSinceEpoch());
}

} // namespace prism::analytics
