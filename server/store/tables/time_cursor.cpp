#include "server/store/tables/time_cursor.h"

#include <QList>
#include <QStringView>

namespace prism::store {

QString TimeCursor::toText() const
{
    return QStringLiteral("%1-%2").arg(timestamp).arg(ordinal);
}

std::optional<TimeCursor> TimeCursor::fromText(QStringView text)
{
    const QList<QStringView> parts = text.split(QLatin1Char('-'));
    if (parts.size() != 2)
        return std::nullopt;
    bool timestampIsNumber = false;
    bool ordinalIsNumber = false;
    const TimeCursor cursor{parts[0].toLongLong(&timestampIsNumber), parts[1].toLongLong(&ordinalIsNumber)};
    return timestampIsNumber && ordinalIsNumber ? std::optional(cursor) : std::nullopt;
}

} // namespace prism::store
