#pragma once

#include "server/service/encoded.h"
#include "server/store/writing/transaction.h"

namespace prism::service {

struct Actor;

/// A gate that is to be forgotten.
struct GateRemoval
{
    protocol::GateName name;
};

/// How what became of gates is told, and how they are forgotten. On the writer's thread.
class Gates
{
public:
    /// After the event of the check that turned it.
    static protocol::Result<void> announce(store::Transaction& transaction, const Actor& actor,
                                           const store::GateTurn& turn, QByteArrayView encodedCheck);

    /// A stale one, until its next check. The name; NotFound, and Validation for one that is not stale.
    static protocol::Result<Encoded> forget(store::Transaction& transaction, const Actor& actor,
                                            const GateRemoval& removal);

    /// Counts some gates anew, when the main branches are others, and tells of those that stand otherwise
    /// now; whether there is more to do.
    static protocol::Result<bool> recountSome(store::Transaction& transaction, const Actor& actor);
};

} // namespace prism::service
