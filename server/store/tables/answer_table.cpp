#include "server/store/tables/answer_table.h"

namespace prism::store {

Result<std::optional<StoredAnswer>> AnswerTable::find(const QByteArray& key, protocol::Timestamp oldest)
{
    Result<Rows> rows = m_database.select(
        "SELECT request, status, headers, body FROM answers WHERE key = ? AND created_at >= ?",
        {key, protocol::toMillis(oldest)});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return std::nullopt;
    return StoredAnswer{rows->bytes(0), int(rows->integer(1)), rows->bytes(2), rows->bytes(3)};
}

Result<void> AnswerTable::remember(const QByteArray& key, const StoredAnswer& answer, protocol::Timestamp now)
{
    // An answer that is too old to count gives way: the new row must be the youngest of all.
    if (const Result<int> gone = m_database.execute("DELETE FROM answers WHERE key = ?", {key}); !gone)
        return Failure(gone.error());
    const Result<int> done = m_database.execute(
        "INSERT INTO answers (key, request, created_at, status, headers, body) VALUES (?, ?, ?, ?, ?, ?)",
        {key, answer.request, protocol::toMillis(now), answer.status, Value::utf8(answer.headers),
         answer.body});
    if (!done)
        return Failure(done.error());
    ++m_remembered;
    return {};
}

Result<std::optional<protocol::Timestamp>> AnswerTable::oldest()
{
    Result<Rows> rows = m_database.select("SELECT created_at FROM answers ORDER BY ordinal LIMIT 1");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? std::optional(protocol::fromMillis(rows->integer(0))) : std::nullopt;
}

Result<int> AnswerTable::trim(protocol::Timestamp oldest, int most)
{
    return m_database.execute("DELETE FROM answers WHERE created_at < ? AND ordinal IN (SELECT ordinal FROM "
                              "answers ORDER BY ordinal LIMIT ?)",
                              {protocol::toMillis(oldest), most});
}

} // namespace prism::store
