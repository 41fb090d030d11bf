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

/// How alerts are raised, go on, end and are acknowledged. On the writer's thread.
class Alerts
{
public:
    /// The alert as it was judged to be, which is announced when it is new or goes on after its end, has
    /// become graver, or is over; the first two open it again. Not when its kind is muted, also since a
    /// moment ago: then it only goes on as it was, or ends. The acknowledgement that comes with it means
    /// nothing.
    static protocol::Result<bool> note(store::Transaction& transaction, const Actor& actor,
                                       const protocol::Alert& alert);

    /// The alert as it is then; the first acknowledgement stays, and only that is announced. NotFound.
    static protocol::Result<Encoded> acknowledge(store::Transaction& transaction, const Actor& actor,
                                                 const AlertSeen& seen);
};

} // namespace prism::service
