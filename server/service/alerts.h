#pragma once

#include "server/service/actor.h"
#include "server/service/encoded.h"
#include "server/store/writing/transaction.h"
#include "shared/protocol/alert.h"

namespace prism::service {

/// That somebody has seen an alert.
struct AlertSeen
{
    QString id;
    protocol::Acknowledgement acknowledgement;
};

/// How alerts are raised and acknowledged. On the writer's thread.
class Alerts
{
public:
    /// Whether the alert is there now, announced where that is new or it has become graver; not when its kind
    /// is muted, also since a moment ago.
    static protocol::Result<bool> raise(store::Transaction& transaction, const Actor& actor,
                                        const protocol::Alert& alert);

    /// The alert as it is then; the first acknowledgement stays, and only that is announced. NotFound.
    static protocol::Result<Encoded> acknowledge(store::Transaction& transaction, const Actor& actor,
                                                 const AlertSeen& seen);
};

} // namespace prism::service
