#include "server/store/rollups/rollup_reader.h"

#include "server/store/log.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Figures;
using analytics::Rollup;
using analytics::Span;
using protocol::fromMillis;
using protocol::Timestamp;
using protocol::toMillis;

namespace {

Failure damaged(Timestamp start)
{
    qCCritical(lcStore).noquote() << "the rollup of" << protocol::toIso(start) << "is damaged";
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("A stored rollup is damaged. Put a backup in the place of the "
                                        "database file.")});
}

} // namespace

Result<Rollup> RollupReader::find(Grain grain, Timestamp start)
{
    return merged(grain, {start, start + std::chrono::milliseconds(1)});
}

Result<Rollup> RollupReader::merged(Grain grain, const Span& span)
{
    Rollup all;
    const Result<void> read = forEach(grain, span, [&all](Timestamp, const Rollup& rollup) -> Result<void> {
        if (all.isEmpty())
            all = rollup;
        else
            all.merge(rollup);
        return {};
    });
    if (!read)
        return Failure(read.error());
    return all;
}

Result<void> RollupReader::forEach(Grain grain, const Span& span, const Each& each)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(grain == Grain::Quarter
                                ? "SELECT start, figures, content FROM quarter_rollups WHERE start >= ? AND "
                                  "start < ? ORDER BY start"
                                : "SELECT start, figures, content FROM day_rollups WHERE start >= ? AND "
                                  "start < ? ORDER BY start",
                            {toMillis(span.from), toMillis(span.to)}));
    while (rows.next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows.bytes(1));
        const auto rollup = figures ? Rollup::decode(*figures, rows.bytes(2)) : std::nullopt;
        if (!rollup)
            return damaged(fromMillis(rows.integer(0)));
        PRISM_TRY(each(fromMillis(rows.integer(0)), *rollup));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

Result<void> RollupReader::forEachQuarter(const Span& span, const EachFigures& each)
{
    return eachQuarter(
        m_connection.select(
            "SELECT start, figures FROM quarter_rollups WHERE start >= ? AND start < ? ORDER BY start",
            {toMillis(span.from), toMillis(span.to)}),
        each);
}

Result<void> RollupReader::forEachQuarterAfter(protocol::Seq revision, const EachFigures& each)
{
    return eachQuarter(
        m_connection.select("SELECT start, figures FROM quarter_rollups WHERE revision > ?", {revision}),
        each);
}

Result<void> RollupReader::eachQuarter(Result<Rows> rows, const EachFigures& each)
{
    if (!rows)
        return Failure(rows.error());
    while (rows->next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows->bytes(1));
        if (!figures)
            return damaged(fromMillis(rows->integer(0)));
        each(fromMillis(rows->integer(0)), *figures);
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return {};
}

Result<void> RollupReader::forEachDayAfter(protocol::Seq revision, const EachDay& each)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT start, figures, users, users_estimated FROM day_rollups WHERE revision > ?", {revision}));
    while (rows.next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows.bytes(1));
        if (!figures)
            return damaged(fromMillis(rows.integer(0)));
        each(fromMillis(rows.integer(0)), {*figures, rows.integer(2), rows.integer(3) != 0});
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
