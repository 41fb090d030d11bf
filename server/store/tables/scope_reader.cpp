#include "server/store/tables/scope_reader.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

Result<std::optional<Scope>> ScopeReader::scopeOf(const QString& project)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT id FROM scopes WHERE project = ?", {project}));
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

Result<ScopeSet> ScopeReader::scopesOf(const QStringList& projects)
{
    ScopeSet set{{}, projects};
    for (const QString& project : projects) {
        PRISM_TRY_ASSIGN(const std::optional<Scope> scope, scopeOf(project));
        if (scope && !std::ranges::count(set.scopes, *scope))
            set.scopes.push_back(*scope);
    }
    return set;
}

Result<Scopes> ScopeReader::all()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT id FROM scopes ORDER BY id"));
    Scopes scopes;
    while (rows.next())
        scopes.push_back(rows.integer(0));
    if (const auto error = rows.error())
        return Failure(*error);
    return scopes;
}

} // namespace prism::store
