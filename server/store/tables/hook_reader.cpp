#include "server/store/tables/hook_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<std::vector<Hook>> HookReader::all()
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT id, provider, project, secret, created_at FROM hooks "
                                         "ORDER BY created_at, id"));
    std::vector<Hook> hooks;
    while (rows.next())
        hooks.push_back(
            {rows.text(0), rows.text(1), rows.text(2), rows.bytes(3), protocol::fromMillis(rows.integer(4))});
    if (const auto error = rows.error())
        return Failure(*error);
    return hooks;
}

} // namespace prism::store
