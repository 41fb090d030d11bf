#pragma once

#include "server/store/writing/transaction.h"

namespace prism::store {

/// A part of a transaction that can be undone by itself: leaving the scope without commit() undoes it, in the
/// database and in the ledger, and nothing that was there before. One at a time for each transaction.
class Savepoint
{
public:
    static Result<Savepoint> set(Transaction& transaction);

    Savepoint(Savepoint&& other) noexcept
        : m_transaction(std::exchange(other.m_transaction, nullptr))
        , m_mark(other.m_mark)
    {
    }
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();

    /// Makes it part of the transaction.
    Result<void> commit();

    /// Undoes it at once. With an error it could not be, and the transaction must not be committed.
    Result<void> undo();

private:
    explicit Savepoint(Transaction& transaction)
        : m_transaction(&transaction)
        , m_mark(transaction.m_ledger.mark())
    {
    }

    Transaction* m_transaction; ///< null once it is over
    Ledger::Mark m_mark;
};

} // namespace prism::store
