#include "server/store/sqlite/write_connection.h"

#include "shared/protocol/try.h"

namespace prism::store::sqlite {

Result<std::unique_ptr<WriteConnection>> WriteConnection::open(const QString& file)
{
    PRISM_TRY_ASSIGN(auto connection, Connection::open(file, Connection::Mode::ReadWrite));
    return std::unique_ptr<WriteConnection>(new WriteConnection(std::move(connection)));
}

Result<int> WriteConnection::execute(QByteArrayView sql, std::initializer_list<Value> values)
{
    return m_connection->execute(sql, {values.begin(), values.size()});
}

Result<std::optional<qint64>> WriteConnection::insert(QByteArrayView sql, std::initializer_list<Value> values)
{
    PRISM_TRY_ASSIGN(const int added, execute(sql, values));
    return added > 0 ? std::optional(m_connection->lastRow()) : std::nullopt;
}

Result<void> WriteConnection::begin()
{
    PRISM_TRY(m_connection->execute("BEGIN IMMEDIATE"));
    return {};
}

void WriteConnection::settle()
{
    (void)m_connection->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace prism::store::sqlite
