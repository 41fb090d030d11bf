#include "server/store/tables/scope_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<Scope> ScopeWriter::give(const QString& project)
{
    PRISM_TRY_ASSIGN(const std::optional<Scope> known, scopeOf(project));
    if (known)
        return *known;
    PRISM_TRY_ASSIGN(const std::optional<Scope> given,
                     m_connection.insert("INSERT INTO scopes (project, folded) VALUES (?, 0)", {project}));
    return given.value();
}

} // namespace prism::store
