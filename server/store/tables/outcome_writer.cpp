#include "server/store/tables/outcome_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<void> OutcomeWriter::remember(const QByteArray& key, const StoredOutcome& outcome,
                                     protocol::Timestamp now)
{
    // An outcome that is too old to count gives way: the new row must be the youngest of all.
    PRISM_TRY(m_connection.execute("DELETE FROM outcomes WHERE key = ?", {key}));
    PRISM_TRY(
        m_connection.execute("INSERT INTO outcomes (key, request, created_at, outcome) VALUES (?, ?, ?, ?)",
                             {key, outcome.request, protocol::toMillis(now), outcome.outcome}));
    ++m_remembered;
    return {};
}

Result<int> OutcomeWriter::trim(protocol::Timestamp oldest, int most)
{
    return m_connection.execute(
        "DELETE FROM outcomes WHERE created_at < ? AND ordinal IN (SELECT ordinal FROM "
        "outcomes ORDER BY ordinal LIMIT ?)",
        {protocol::toMillis(oldest), most});
}

} // namespace prism::store
