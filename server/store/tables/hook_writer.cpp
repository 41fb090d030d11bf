#include "server/store/tables/hook_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<void> HookWriter::insert(const Hook& hook)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO hooks (id, provider, project, secret, created_at) VALUES (?, ?, ?, ?, ?)",
        {hook.id, hook.provider, hook.project, hook.secret, protocol::toMillis(hook.created)}));
    return {};
}

Result<bool> HookWriter::remove(const QString& id)
{
    PRISM_TRY_ASSIGN(const int removed, m_connection.execute("DELETE FROM hooks WHERE id = ?", {id}));
    return removed > 0;
}

} // namespace prism::store
