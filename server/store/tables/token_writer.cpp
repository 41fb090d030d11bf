#include "server/store/tables/token_writer.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

namespace prism::store {

Result<void> TokenWriter::put(const Token& token)
{
    PRISM_TRY(m_connection.execute("DELETE FROM tokens WHERE id = ?", {token.id}));
    PRISM_TRY(m_connection.execute(
        "INSERT INTO tokens (id, name, role, hash, previous, previous_until, "
        "created_at, created_by, expires_at, "
        "used_at, projects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {token.id, token.name, protocol::nameOf(protocol::roleNames, token.role), token.hash, token.previous,
         protocol::toMillis(token.previousUntil), protocol::toMillis(token.created), token.createdBy,
         protocol::toMillis(token.expires),
         token.used ? Value(protocol::toMillis(*token.used)) : Value(nullptr),
         QString::fromUtf8(protocol::writtenJson(QJsonArray::fromStringList(token.reach.projects())))}));
    return {};
}

Result<bool> TokenWriter::remove(const QString& id)
{
    PRISM_TRY_ASSIGN(const int removed, m_connection.execute("DELETE FROM tokens WHERE id = ?", {id}));
    return removed > 0;
}

Result<void> TokenWriter::noteUse(const QString& id, protocol::Timestamp used)
{
    PRISM_TRY(
        m_connection.execute("UPDATE tokens SET used_at = ? WHERE id = ?", {protocol::toMillis(used), id}));
    return {};
}

} // namespace prism::store
