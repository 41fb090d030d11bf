#pragma once

#include "server/store/page_room.h"
#include "server/store/tables/filter.h"
#include "server/store/tables/time_cursor.h"
#include "shared/protocol/timestamp.h"

#include <optional>
#include <vector>

namespace prism::store {

/// Which stretch of a list that is newest first is wanted.
struct TimePage
{
    std::optional<protocol::Timestamp> from; ///< inclusive
    std::optional<protocol::Timestamp> to;   ///< exclusive
    std::optional<TimeCursor> after;         ///< go on behind this entry
    int limit = 20;                          ///< how many rows at most
    qint64 bytes = mostListBytes;            ///< how much of encoded entries, see PageRoom
};

/// A SELECT and the values that belong to it.
struct Selection
{
    QByteArray sql;
    std::vector<Value> values;
};

/// The SELECT of `columns` for one page of `table`, which has an index on its column timestamp and the row
/// number `ordinal`, both of which must be among the columns. The work grows with the rows that are passed
/// over by `filter`, not with the place of the page.
Selection selectPage(const QByteArray& columns, const QByteArray& table, const Filter& filter,
                     const TimePage& page);

} // namespace prism::store
