#include "server/store/write_scope.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<WriteScope> WriteScope::begin(WriteConnection& connection)
{
    PRISM_TRY(connection.begin());
    return WriteScope(connection);
}

WriteScope::~WriteScope()
{
    if (m_connection && m_connection->inTransaction())
        (void)m_connection->execute("ROLLBACK");
}

Result<void> WriteScope::commit()
{
    PRISM_TRY(m_connection->execute("COMMIT"));
    m_connection = nullptr;
    return {};
}

} // namespace prism::store
