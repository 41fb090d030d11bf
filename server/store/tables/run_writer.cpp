#include "server/store/tables/run_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<std::optional<ToldEdition>> RunWriter::find(const QString& checkId)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                    "SELECT attempt, told_at, content FROM told_runs WHERE check_ordinal = "
                                    "(SELECT ordinal FROM checks WHERE id = ? AND whole = 1)",
                                    {checkId}));
    if (!rows.next())
        return std::nullopt;
    return ToldEdition{{rows.integer(0), protocol::fromMillis(rows.integer(1))}, rows.bytes(2)};
}

Result<void> RunWriter::note(const QString& checkId, const ToldEdition& told)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO told_runs (check_ordinal, attempt, told_at, content) "
        "SELECT ordinal, ?, ?, ? FROM checks WHERE id = ? AND whole = 1 "
        "ON CONFLICT (check_ordinal) DO UPDATE SET attempt = excluded.attempt, told_at = excluded.told_at, "
        "content = excluded.content",
        {told.edition.attempt, protocol::toMillis(told.edition.at), told.content, checkId}));
    return {};
}

} // namespace prism::store
