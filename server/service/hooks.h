#pragma once

#include "server/service/actor.h"
#include "server/service/encoded.h"
#include "server/store/tables/hook_book.h"
#include "server/store/writing/transaction.h"

namespace prism::service {

/// A hook that is wanted.
struct NewHook
{
    QString provider;
    QString project; ///< of what it tells; empty where the provider's own name counts
};

/// How hooks are made, listed and revoked. On the writer's thread; `book`, which is brought up to date with
/// each commit, outlives it.
class Hooks
{
public:
    Hooks(store::HookBook& book, int most)
        : m_book(book)
        , m_most(most)
    {
    }

    /// {id, provider, project?, createdAt, secret}: nobody is told the secret again. Quota.
    protocol::Result<Encoded> create(store::Transaction& transaction, const Actor& actor,
                                     const NewHook& hook) const;

    /// The same of all, without their secrets.
    static protocol::Result<Encoded> list(store::Transaction& transaction);

    /// NotFound.
    protocol::Result<Encoded> revoke(store::Transaction& transaction, const Actor& actor,
                                     const QString& id) const;

private:
    protocol::Result<void> publish(store::Transaction& transaction, const QString& what) const;

    store::HookBook& m_book;
    const int m_most;
};

} // namespace prism::service
