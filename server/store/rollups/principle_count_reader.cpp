#include "server/store/rollups/principle_count_reader.h"

#include "server/analytics/sealed_bytes.h"
#include "server/store/rollups/damage.h"
#include "server/store/rollups/principle_count_row.h"
#include "shared/protocol/try.h"

#include <limits>

namespace prism::store {

using analytics::Span;
using protocol::fromMillis;
using protocol::toMillis;

Result<void> PrincipleCountReader::forEach(Grain grain, const Span& span, const Each& each)
{
    constexpr qint64 rows = std::numeric_limits<qint64>::max() / numbersARow;
    return forEach(grain, span, {0, rows * numbersARow}, each);
}

Result<void> PrincipleCountReader::forEach(Grain grain, const Span& span, const Numbers& numbers,
                                           const Each& each)
{
    for (const Scope scope : m_scopes) {
        PRISM_TRY(forEach(scope, grain, span, numbers, each));
    }
    return {};
}

Result<void> PrincipleCountReader::forEach(Scope scope, Grain grain, const Span& span, const Numbers& numbers,
                                           const Each& each)
{
    PRISM_TRY_ASSIGN(
        Rows rows, m_connection.select("SELECT start, part, counts FROM principle_counts WHERE scope = ? AND "
                                       "grain = ? AND start >= ? AND start < ? AND part >= ? AND part < ? "
                                       "ORDER BY start, part",
                                       {scope, int(grain), toMillis(span.from), toMillis(span.to),
                                        numbers.first / numbersARow, numbers.end / numbersARow}));
    while (rows.next()) {
        const auto counts = principle_count_row::decode(rows.integer(1), rows.bytes(2));
        if (!counts)
            return damagedRollup(fromMillis(rows.integer(0)));
        PRISM_TRY(each(fromMillis(rows.integer(0)), *counts));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
