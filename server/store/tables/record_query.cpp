#include "server/store/tables/record_query.h"

#include "server/store/tables/time_cursor.h"
#include "server/store/uuid.h"
#include "shared/protocol/text.h"
#include "shared/protocol/utf8.h"

#include <limits>

namespace prism::store {

QString RecordCursor::toText() const
{
    switch (order) {
    case RecordOrder::Name:
        return QLatin1Char('n') + QString::fromLatin1(name.toUtf8().toBase64(QByteArray::Base64UrlEncoding));
    case RecordOrder::UpdatedAt:
        return QLatin1Char('u') + TimeCursor{updatedAt, ordinal}.toText();
    case RecordOrder::Stored:
        return QLatin1Char('s') + QString::number(ordinal);
    case RecordOrder::CreatedAt:
        break;
    }
    return QLatin1Char('c') + QString::fromLatin1(id.toHex());
}

std::optional<RecordCursor> RecordCursor::fromText(const QString& text, RecordOrder order)
{
    RecordCursor cursor;
    cursor.order = order;
    const QString rest = text.mid(1);
    if (order == RecordOrder::Name) {
        cursor.name =
            protocol::textOfUtf8(QByteArray::fromBase64(rest.toLatin1(), QByteArray::Base64UrlEncoding));
    } else if (order == RecordOrder::UpdatedAt) {
        const auto place = TimeCursor::fromText(rest);
        if (!place)
            return std::nullopt;
        cursor.updatedAt = place->timestamp;
        cursor.ordinal = place->ordinal;
    } else if (order == RecordOrder::Stored) {
        cursor.ordinal = rest.toLongLong();
        if (cursor.ordinal <= 0 || cursor.ordinal == std::numeric_limits<qint64>::max())
            return std::nullopt;
    } else {
        cursor.id = uuidBytes(rest);
        if (cursor.id.isEmpty())
            return std::nullopt;
    }
    return cursor.toText() == text ? std::optional(cursor) : std::nullopt;
}

bool RecordQuery::isIndexedSearch() const
{
    constexpr qsizetype shortest = 3;
    return !search.contains(QChar::Null) && protocol::folded(search).toUcs4().size() >= shortest;
}

RecordOrder RecordQuery::listOrder() const
{
    return order == RecordOrder::CreatedAt && isIndexedSearch() ? RecordOrder::Stored : order;
}

} // namespace prism::store
