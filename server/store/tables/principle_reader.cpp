#include "server/store/tables/principle_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<std::optional<qint64>> PrincipleReader::numberOf(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT ordinal FROM counted_principles WHERE id = ?", {id}));
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

Result<QString> PrincipleReader::idOf(qint64 number)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT id FROM counted_principles WHERE ordinal = ?", {number}));
    return rows.next() ? rows.text(0) : QString();
}

Result<QString> PrincipleReader::nameOf(Scope scope, qint64 number)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT name FROM principle_names WHERE scope = ? AND principle = ?",
                                         {scope, number}));
    return rows.next() ? rows.text(0) : QString();
}

Result<qint64> PrincipleReader::last()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT MAX(ordinal) FROM counted_principles"));
    return rows.next() ? rows.integer(0) : 0;
}

Result<void> PrincipleReader::forEachById(const Each& each)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT ordinal, id FROM counted_principles ORDER BY id"));
    while (rows.next()) {
        if (!each(rows.integer(0), rows.text(1)))
            return {};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
