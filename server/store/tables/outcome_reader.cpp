#include "server/store/tables/outcome_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<std::optional<StoredOutcome>> OutcomeReader::find(const QByteArray& key, protocol::Timestamp oldest)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                    "SELECT request, outcome FROM outcomes WHERE key = ? AND created_at >= ?",
                                    {key, protocol::toMillis(oldest)}));
    if (!rows.next())
        return std::nullopt;
    return StoredOutcome{rows.bytes(0), rows.bytes(1)};
}

Result<std::optional<protocol::Timestamp>> OutcomeReader::oldest()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT created_at FROM outcomes ORDER BY ordinal LIMIT 1"));
    return rows.next() ? std::optional(protocol::fromMillis(rows.integer(0))) : std::nullopt;
}

} // namespace prism::store
