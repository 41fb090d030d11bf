#include "server/store/rollups/hit_conversion.h"

#include "server/store/log.h"
#include "server/store/rollups/damage.h"
#include "server/store/rollups/older_rollup.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/rollups/rollup_writer.h"
#include "shared/protocol/try.h"

#include <limits>
#include <utility>
#include <vector>

namespace prism::store {

using analytics::Rollup;
using analytics::RollupDelta;
using protocol::fromMillis;

namespace {

using Numbers = std::pair<qint64, qint64>;

/// Two columns of all rows, so that none is read while the table is written.
Result<std::vector<Numbers>> numbers(WriteConnection& connection, const QByteArray& select)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select(select));
    std::vector<Numbers> all;
    while (rows.next())
        all.emplace_back(rows.integer(0), rows.integer(1));
    if (const auto error = rows.error())
        return Failure(*error);
    return all;
}

Result<std::vector<Numbers>> quarters(WriteConnection& connection)
{
    return numbers(connection, "SELECT scope, start FROM quarter_rollups");
}

Result<void> convertQuarter(WriteConnection& connection, Scope scope, qint64 start)
{
    std::optional<Rollup> rollup;
    {
        PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT figures, content FROM quarter_rollups "
                                                      "WHERE scope = ? AND start = ?",
                                                      {scope, start}));
        if (rows.next())
            rollup = decodeWithoutHits(rows.bytes(0), rows.bytes(1));
    }
    if (!rollup)
        return damagedRollup(fromMillis(start));
    return RollupWriter(connection, scope).write(Grain::Quarter, fromMillis(start), *rollup);
}

Result<void> convertDelta(WriteConnection& connection, qint64 ordinal, qint64 start)
{
    std::optional<RollupDelta> delta;
    {
        PRISM_TRY_ASSIGN(Rows rows,
                         connection.select("SELECT content FROM rollup_deltas WHERE ordinal = ?", {ordinal}));
        if (rows.next())
            delta = decodeDeltaWithoutHits(rows.bytes(0));
    }
    if (!delta)
        return damagedRollup(fromMillis(start));
    PRISM_TRY(connection.execute("UPDATE rollup_deltas SET content = ? WHERE ordinal = ?",
                                 {delta->encode(), ordinal}));
    return {};
}

} // namespace

Result<void> convertRollupsWithoutHits(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(const auto buckets, quarters(connection));
    for (const auto& [scope, start] : buckets) {
        PRISM_TRY(convertQuarter(connection, scope, start));
    }
    PRISM_TRY_ASSIGN(const auto deltas, numbers(connection, "SELECT ordinal, start FROM rollup_deltas"));
    for (const auto& [ordinal, start] : deltas) {
        PRISM_TRY(convertDelta(connection, ordinal, start));
    }
    return {};
}

Result<void> estimateHits(WriteConnection& connection, const QTimeZone& zone)
{
    PRISM_TRY(connection.execute("DELETE FROM day_rollups"));
    RollupFolder folder(connection, zone);
    qint64 waiting = 0;
    do {
        PRISM_TRY_ASSIGN(waiting, folder.fold(std::numeric_limits<qint64>::max()));
    } while (waiting > 0);
    PRISM_TRY_ASSIGN(const auto buckets, quarters(connection));
    for (const auto& [scope, start] : buckets) {
        RollupWriter table(connection, scope);
        PRISM_TRY_ASSIGN(Rollup rollup, table.find(Grain::Quarter, fromMillis(start)));
        rollup.estimateHits();
        PRISM_TRY(table.write(Grain::Quarter, fromMillis(start), rollup));
    }
    if (!buckets.empty())
        qCInfo(lcStore) << "where alerts compare violations, each older check with any counts as ten of "
                           "them, as far as there are so many";
    return {};
}

} // namespace prism::store
