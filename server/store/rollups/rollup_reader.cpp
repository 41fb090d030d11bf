#include "server/store/rollups/rollup_reader.h"

#include "server/store/rollups/damage.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Figures;
using analytics::Rollup;
using analytics::Span;
using protocol::fromMillis;
using protocol::Timestamp;
using protocol::toMillis;

Result<Rollup> RollupReader::find(Grain grain, Timestamp start)
{
    return merged(grain, {start, start + std::chrono::milliseconds(1)});
}

Result<Rollup> RollupReader::merged(Grain grain, const Span& span)
{
    Rollup all;
    PRISM_TRY(forEach(grain, span, [&all](Timestamp, const Rollup& rollup) -> Result<void> {
        all.merge(rollup);
        return {};
    }));
    return all;
}

Result<void> RollupReader::forEach(Grain grain, const Span& span, const Each& each)
{
    for (const Scope scope : m_scopes) {
        PRISM_TRY(forEach(scope, grain, span, each));
    }
    return {};
}

Result<void> RollupReader::forEach(Scope scope, Grain grain, const Span& span, const Each& each)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select(grain == Grain::Quarter
                                             ? "SELECT start, figures, content FROM quarter_rollups WHERE "
                                               "scope = ? AND start >= ? AND start < ? ORDER BY start"
                                             : "SELECT start, figures, content FROM day_rollups WHERE "
                                               "scope = ? AND start >= ? AND start < ? ORDER BY start",
                                         {scope, toMillis(span.from), toMillis(span.to)}));
    while (rows.next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows.bytes(1));
        const auto rollup = figures ? Rollup::decode(*figures, rows.bytes(2)) : std::nullopt;
        if (!rollup)
            return damagedRollup(fromMillis(rows.integer(0)));
        PRISM_TRY(each(fromMillis(rows.integer(0)), *rollup));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

Result<void> RollupReader::forEachQuarter(const Span& span, const EachFigures& each)
{
    for (const Scope scope : m_scopes) {
        PRISM_TRY(forEachQuarter(scope, span, each));
    }
    return {};
}

Result<void> RollupReader::forEachQuarter(Scope scope, const Span& span, const EachFigures& each)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT start, figures FROM quarter_rollups WHERE "
                                                    "scope = ? AND start >= ? AND start < ? ORDER BY start",
                                                    {scope, toMillis(span.from), toMillis(span.to)}));
    while (rows.next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows.bytes(1));
        if (!figures)
            return damagedRollup(fromMillis(rows.integer(0)));
        each(fromMillis(rows.integer(0)), *figures);
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

Result<void> RollupReader::forEachDay(const EachDay& each)
{
    for (const Scope scope : m_scopes) {
        PRISM_TRY(forEachDay(scope, each));
    }
    return {};
}

Result<void> RollupReader::forEachDay(Scope scope, const EachDay& each)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT start, figures, users, users_estimated FROM "
                                                    "day_rollups WHERE scope = ? ORDER BY start",
                                                    {scope}));
    while (rows.next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows.bytes(1));
        if (!figures)
            return damagedRollup(fromMillis(rows.integer(0)));
        each(fromMillis(rows.integer(0)), {*figures, rows.integer(2), rows.integer(3) != 0});
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
