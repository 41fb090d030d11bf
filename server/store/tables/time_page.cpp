#include "server/store/tables/time_page.h"

#include <algorithm>

namespace prism::store {

using protocol::toMillis;

namespace {

Selection part(const QByteArray& columns, const QByteArray& table, const Filter& filter, int limit)
{
    return {"SELECT " + columns + " FROM " + table + filter.where() +
                " ORDER BY timestamp DESC, ordinal DESC LIMIT ?",
            filter.values({limit})};
}

} // namespace

// SQLite seeks with one upper bound for each column, and not with a row value such as (timestamp, ordinal): a
// page behind a cursor is therefore the rest of the cursor's own millisecond, and then what is older.
Selection selectPage(const QByteArray& columns, const QByteArray& table, const Filter& filter,
                     const TimePage& page)
{
    Filter older = filter;
    if (page.from)
        older.add("timestamp >= ?", {toMillis(*page.from)});
    if (!page.after) {
        if (page.to)
            older.add("timestamp < ?", {toMillis(*page.to)});
        return part(columns, table, older, page.limit);
    }
    const TimeCursor after = *page.after;
    older.add("timestamp < ?", {page.to ? std::min(toMillis(*page.to), after.timestamp) : after.timestamp});
    const bool isWithin = (!page.from || after.timestamp >= toMillis(*page.from)) &&
                          (!page.to || after.timestamp < toMillis(*page.to));
    if (!isWithin)
        return part(columns, table, older, page.limit);

    Filter same = filter;
    same.add("timestamp = ?", {after.timestamp});
    same.add("ordinal < ?", {after.ordinal});
    const Selection first = part(columns, table, same, page.limit);
    const Selection second = part(columns, table, older, page.limit);
    Selection both{"SELECT * FROM (" + first.sql + ") UNION ALL SELECT * FROM (" + second.sql +
                       ") ORDER BY timestamp DESC, ordinal DESC LIMIT ?",
                   first.values};
    both.values.insert(both.values.end(), second.values.begin(), second.values.end());
    both.values.emplace_back(page.limit);
    return both;
}

} // namespace prism::store
