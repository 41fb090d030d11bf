#include "server/store/tables/outcome_table.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<std::optional<StoredOutcome>> OutcomeTable::find(const QByteArray& key, protocol::Timestamp oldest)
{
    Result<Rows> rows =
        m_database.select("SELECT request, outcome FROM outcomes WHERE key = ? AND created_at >= ?",
                          {key, protocol::toMillis(oldest)});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return std::nullopt;
    return StoredOutcome{rows->bytes(0), rows->bytes(1)};
}

Result<void> OutcomeTable::remember(const QByteArray& key, const StoredOutcome& outcome,
                                    protocol::Timestamp now)
{
    // An outcome that is too old to count gives way: the new row must be the youngest of all.
    PRISM_TRY(m_database.execute("DELETE FROM outcomes WHERE key = ?", {key}));
    PRISM_TRY(
        m_database.execute("INSERT INTO outcomes (key, request, created_at, outcome) VALUES (?, ?, ?, ?)",
                           {key, outcome.request, protocol::toMillis(now), outcome.outcome}));
    ++m_remembered;
    return {};
}

Result<std::optional<protocol::Timestamp>> OutcomeTable::oldest()
{
    Result<Rows> rows = m_database.select("SELECT created_at FROM outcomes ORDER BY ordinal LIMIT 1");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? std::optional(protocol::fromMillis(rows->integer(0))) : std::nullopt;
}

Result<int> OutcomeTable::trim(protocol::Timestamp oldest, int most)
{
    return m_database.execute("DELETE FROM outcomes WHERE created_at < ? AND ordinal IN (SELECT ordinal FROM "
                              "outcomes ORDER BY ordinal LIMIT ?)",
                              {protocol::toMillis(oldest), most});
}

} // namespace prism::store
