#include "server/api/time_list.h"

namespace prism::api {

void readTimePage(QueryReader& query, store::TimePage& page)
{
    page.limit = int(query.integer(QStringLiteral("limit"), 20, 1, 100));
    page.from = query.timestamp(QStringLiteral("from"));
    page.to = query.timestamp(QStringLiteral("to"));
    if (const auto cursor = query.text(QStringLiteral("cursor"))) {
        page.after = store::TimeCursor::fromText(*cursor);
        if (!page.after)
            query.refuse(protocol::ErrorCode::BadFormat, QStringLiteral("cursor"),
                         QStringLiteral("must be the nextCursor of an earlier answer"));
    }
}

http::Response timeList(const QString& requestId, const QList<QByteArray>& entries, int limit,
                        const std::optional<store::TimeCursor>& next)
{
    return encodedSuccess(requestId, encodedList(entries), 200,
                          protocol::Pagination::ofCursor(limit, next ? next->toText() : QString()));
}

} // namespace prism::api
