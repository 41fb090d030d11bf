#include "server/store/rollups/delta_reader.h"

#include "server/store/rollups/damage.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::RollupDelta;
using protocol::fromMillis;

Result<DeltaReader::Extent> DeltaReader::extent()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT (SELECT MIN(ordinal) FROM rollup_deltas), (SELECT "
                                         "MAX(ordinal) FROM rollup_deltas), folded FROM rollup_progress"));
    return rows.next() ? Extent{rows.integer(0), rows.integer(1), rows.integer(2)} : Extent();
}

Result<void> DeltaReader::forEachAfter(qint64 ordinal, const Each& each)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT ordinal, scope, start, content FROM rollup_deltas "
                                         "WHERE ordinal > ? ORDER BY ordinal",
                                         {ordinal}));
    while (rows.next()) {
        auto delta = RollupDelta::decode(rows.bytes(3));
        if (!delta)
            return damagedRollup(fromMillis(rows.integer(2)));
        if (!each({rows.integer(0), rows.integer(1), fromMillis(rows.integer(2)), std::move(*delta)}))
            return {};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
