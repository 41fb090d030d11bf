#include "server/store/sqlite/read_connection.h"

#include "shared/protocol/try.h"

namespace prism::store::sqlite {

Result<std::unique_ptr<ReadConnection>> ReadConnection::open(std::shared_ptr<DatabaseFile> file)
{
    std::unique_ptr<ReadConnection> connection(new ReadConnection(std::move(file)));
    PRISM_TRY(connection->m_seat->enter());
    connection->m_seat->leave();
    return connection;
}

/// The seat is left when the rows are gone.
Result<Rows> ReadConnection::run(QByteArrayView sql, std::span<const Value> values)
{
    PRISM_TRY_ASSIGN(Connection* const connection, m_seat->enter());
    Result<Rows> rows = connection->select(sql, values);
    if (!rows)
        m_seat->leave();
    return rows;
}

void ReadConnection::beginSnapshot()
{
    const Result<Connection*> connection = m_seat->enter();
    m_hasSnapshot = connection.has_value();
    if (m_hasSnapshot)
        (*connection)->executeUndisturbed("BEGIN");
}

void ReadConnection::endSnapshot()
{
    if (!std::exchange(m_hasSnapshot, false))
        return;
    if (const Result<Connection*> connection = m_seat->enter()) {
        (*connection)->executeUndisturbed("COMMIT");
        m_seat->leave();
    }
    m_seat->leave();
}

} // namespace prism::store::sqlite
