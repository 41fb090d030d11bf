#include "shared/protocol/timestamp.h"

#include <QTimeZone>

namespace prism::protocol {

Timestamp now()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

qint64 toMillis(Timestamp t)
{
    return t.time_since_epoch().count();
}

Timestamp fromMillis(qint64 ms)
{
    return Timestamp(std::chrono::milliseconds(ms));
}

QDateTime toDateTime(Timestamp t)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(toMillis(t), QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(toMillis(t), Qt::UTC);
#endif
}

QString toIso(Timestamp t)
{
    return toDateTime(t).toString(Qt::ISODateWithMs);
}

std::optional<Timestamp> fromIso(QStringView text)
{
    const QDateTime parsed = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (!parsed.isValid() || parsed.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    const qint64 ms = parsed.toMSecsSinceEpoch();
    if (ms < 0 || parsed.date().year() > 9999)
        return std::nullopt;
    return fromMillis(ms);
}

} // namespace prism::protocol
