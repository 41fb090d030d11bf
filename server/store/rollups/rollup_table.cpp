#include "server/store/rollups/rollup_table.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcStore)

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

Result<Rollup> RollupTable::find(Grain grain, Timestamp start)
{
    return merged(grain, {start, start + std::chrono::milliseconds(1)});
}

Result<void> RollupTable::write(Grain grain, Timestamp start, const Rollup& rollup, protocol::Seq revision)
{
    const QByteArray figures = encode(rollup.all().figures);
    const QByteArray content = rollup.encode();
    const Result<int> written =
        grain == Grain::Quarter
            ? m_database.execute("INSERT INTO quarter_rollups (start, revision, figures, content) "
                                 "VALUES (?, ?, ?, ?) ON CONFLICT (start) DO UPDATE SET revision = "
                                 "excluded.revision, figures = excluded.figures, content = excluded.content",
                                 {toMillis(start), revision, figures, content})
            : m_database.execute("INSERT INTO day_rollups (start, revision, users, users_estimated, figures, "
                                 "content) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (start) DO UPDATE SET "
                                 "revision = excluded.revision, users = excluded.users, users_estimated = "
                                 "excluded.users_estimated, figures = excluded.figures, content = "
                                 "excluded.content",
                                 {toMillis(start), revision, rollup.users().count(),
                                  rollup.users().isEstimated() ? 1 : 0, figures, content});
    if (!written)
        return Failure(written.error());
    return {};
}

Result<Rollup> RollupTable::merged(Grain grain, const Span& span)
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

Result<void> RollupTable::forEach(Grain grain, const Span& span, const Each& each)
{
    Result<Rows> rows = m_database.select(
        grain == Grain::Quarter ? "SELECT start, figures, content FROM quarter_rollups WHERE start >= ? AND "
                                  "start < ? ORDER BY start"
                                : "SELECT start, figures, content FROM day_rollups WHERE start >= ? AND "
                                  "start < ? ORDER BY start",
        {toMillis(span.from), toMillis(span.to)});
    if (!rows)
        return Failure(rows.error());
    while (rows->next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows->bytes(1));
        const auto rollup = figures ? Rollup::decode(*figures, rows->bytes(2)) : std::nullopt;
        if (!rollup)
            return damaged(fromMillis(rows->integer(0)));
        if (const Result<void> done = each(fromMillis(rows->integer(0)), *rollup); !done)
            return done;
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return {};
}

Result<void> RollupTable::forEachQuarter(const Span& span, const EachFigures& each)
{
    return eachQuarter(
        m_database.select(
            "SELECT start, figures FROM quarter_rollups WHERE start >= ? AND start < ? ORDER BY start",
            {toMillis(span.from), toMillis(span.to)}),
        each);
}

Result<void> RollupTable::forEachQuarterAfter(protocol::Seq revision, const EachFigures& each)
{
    return eachQuarter(
        m_database.select("SELECT start, figures FROM quarter_rollups WHERE revision > ?", {revision}), each);
}

Result<void> RollupTable::eachQuarter(Result<Rows> rows, const EachFigures& each)
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

Result<void> RollupTable::forEachDayAfter(protocol::Seq revision, const EachDay& each)
{
    Result<Rows> rows = m_database.select(
        "SELECT start, figures, users, users_estimated FROM day_rollups WHERE revision > ?", {revision});
    if (!rows)
        return Failure(rows.error());
    while (rows->next()) {
        const std::optional<Figures> figures = analytics::decodeFigures(rows->bytes(1));
        if (!figures)
            return damaged(fromMillis(rows->integer(0)));
        each(fromMillis(rows->integer(0)), {*figures, rows->integer(2), rows->integer(3) != 0});
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return {};
}

Result<void> RollupTable::clear(Grain grain)
{
    const Result<int> cleared = m_database.execute(grain == Grain::Quarter ? "DELETE FROM quarter_rollups"
                                                                           : "DELETE FROM day_rollups");
    if (!cleared)
        return Failure(cleared.error());
    return {};
}

} // namespace prism::store
