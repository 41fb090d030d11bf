#include "server/store/sqlite/read_connection.h"

#include "shared/protocol/try.h"

namespace prism::store::sqlite {

Result<std::unique_ptr<ReadConnection>> ReadConnection::open(const QString& file)
{
    PRISM_TRY_ASSIGN(auto connection, Connection::open(file, Connection::Mode::ReadOnly));
    return std::unique_ptr<ReadConnection>(new ReadConnection(std::move(connection)));
}

} // namespace prism::store::sqlite
