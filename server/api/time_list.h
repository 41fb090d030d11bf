#pragma once

#include "server/api/answers.h"
#include "server/api/query_reader.h"
#include "server/store/tables/time_page.h"

namespace prism::api {

/// Reads what every list that is newest first understands: limit, from, to and cursor.
void readTimePage(QueryReader& query, store::TimePage& page);

/// One page of such a list; `next` is where to go on.
template <typename T>
http::Response timeList(const http::Request& request, const QList<T>& entries, const store::TimePage& page,
                        const std::optional<store::TimeCursor>& next)
{
    QList<QByteArray> encoded;
    for (const T& entry : entries)
        encoded.append(encode(entry));
    return encodedSuccess(request.id, encodedList(encoded), 200,
                          protocol::Pagination::ofCursor(page.limit, next ? next->toText() : QString()));
}

} // namespace prism::api
