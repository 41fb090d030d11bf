#include "server/store/rollups/delta_reader.h"

#include "server/store/rollups/damage.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::RollupDelta;
using protocol::fromMillis;

Result<DeltaReader::Extent> DeltaReader::extent()
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_scope == everything
            ? m_connection.select("SELECT (SELECT MIN(ordinal) FROM rollup_deltas), (SELECT MAX(ordinal) "
                                  "FROM rollup_deltas), folded FROM rollup_progress")
            : m_connection.select("SELECT (SELECT MIN(ordinal) FROM scope_deltas WHERE scope = id), (SELECT "
                                  "MAX(ordinal) FROM scope_deltas WHERE scope = id), folded FROM scopes "
                                  "WHERE id = ?",
                                  {m_scope}));
    return rows.next() ? Extent{rows.integer(0), rows.integer(1), rows.integer(2)} : Extent();
}

Result<Rows> DeltaReader::selectAfter(qint64 ordinal)
{
    if (m_scope == everything)
        return m_connection.select(
            "SELECT ordinal, start, content FROM rollup_deltas WHERE ordinal > ? ORDER BY ordinal",
            {ordinal});
    return m_connection.select("SELECT ordinal, start, content FROM scope_deltas WHERE scope = ? AND "
                               "ordinal > ? ORDER BY ordinal",
                               {m_scope, ordinal});
}

Result<void> DeltaReader::forEachAfter(qint64 ordinal, const Each& each)
{
    PRISM_TRY_ASSIGN(Rows rows, selectAfter(ordinal));
    while (rows.next()) {
        const protocol::Timestamp start = fromMillis(rows.integer(1));
        auto delta = RollupDelta::decode(rows.bytes(2));
        if (!delta)
            return damagedRollup(start);
        if (!each({rows.integer(0), m_scope, start, std::move(*delta)}))
            return {};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
