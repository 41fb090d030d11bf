#pragma once

#include "server/api/answers.h"
#include "server/api/query_reader.h"
#include "server/store/tables/time_page.h"

namespace prism::api {

/// Reads what every list that is newest first understands: limit, from, to and cursor.
void readTimePage(QueryReader& query, store::TimePage& page);

/// One page of such a list, of entries that are encoded already; `next` is where to go on.
http::Response timeList(const QString& requestId, const QList<QByteArray>& entries, int limit,
                        const std::optional<store::TimeCursor>& next);

} // namespace prism::api
