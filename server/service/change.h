#pragma once

#include "server/service/actor.h"
#include "server/store/writing/transaction.h"

namespace prism::service {

/// A change that is being made for somebody, in the transaction of its rows. The one way to announce it: what
/// a use case writes and what it says of it are committed together, or neither is. For the use cases alone.
/// Lives on the writer's thread.
class Change
{
public:
    Change(store::Transaction& transaction, const Actor& actor)
        : m_transaction(transaction)
        , m_actor(actor)
    {
    }

    /// Gives the change the next place in the order and writes its event. `project` is empty for a change
    /// that belongs to none, `data` is JSON.
    protocol::Result<void> announce(QLatin1String type, const QString& project, QByteArrayView data,
                                    protocol::Timestamp at);

    /// Whether it is kept who made it: of those who signed in, and of the operator. Of others nothing is
    /// known.
    bool isNoted() const;

    /// Keeps who made it, for whoever looks into it later; nothing unless isNoted(). `action` is what was
    /// done, such as "record.update", `subject` to what; `before` and `after` are JSON, or empty for none.
    protocol::Result<void> note(const char* action, const QString& subject, const QByteArray& before,
                                const QByteArray& after);

private:
    store::Transaction& m_transaction;
    const Actor& m_actor;
};

} // namespace prism::service
