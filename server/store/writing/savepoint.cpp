#include "server/store/writing/savepoint.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<Savepoint> Savepoint::set(Transaction& transaction)
{
    PRISM_TRY(transaction.m_gates.flush());
    PRISM_TRY(transaction.m_connection.execute("SAVEPOINT part"));
    return Savepoint(transaction);
}

Savepoint::~Savepoint()
{
    if (m_transaction)
        (void)undo();
}

Result<void> Savepoint::commit()
{
    PRISM_TRY(m_transaction->m_connection.execute("RELEASE SAVEPOINT part"));
    m_transaction = nullptr;
    return {};
}

/// Where the engine has given up the whole transaction, the rows are gone already.
Result<void> Savepoint::undo()
{
    Transaction& transaction = *std::exchange(m_transaction, nullptr);
    transaction.m_ledger.returnTo(m_mark);
    transaction.m_checksKeptFrom.reset();
    transaction.m_gates.undo();
    if (!transaction.m_connection.inTransaction())
        return {};
    PRISM_TRY(transaction.m_connection.execute("ROLLBACK TO SAVEPOINT part"));
    PRISM_TRY(transaction.m_connection.execute("RELEASE SAVEPOINT part"));
    return {};
}

} // namespace prism::store
