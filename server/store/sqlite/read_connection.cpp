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

/// The seat is kept until the snapshot ends.
Result<void> ReadConnection::beginSnapshot()
{
    PRISM_TRY_ASSIGN(Connection* const connection, m_seat->enter());
    const Result<void> begun = connection->executeUndisturbed("BEGIN");
    if (!begun)
        m_seat->leave();
    return begun;
}

/// What cannot be ended is logged, and keeps the next one from being begun.
void ReadConnection::endSnapshot()
{
    if (const Result<Connection*> connection = m_seat->enter()) {
        (void)(*connection)->executeUndisturbed("COMMIT");
        m_seat->leave();
    }
    m_seat->leave();
}

} // namespace prism::store::sqlite
