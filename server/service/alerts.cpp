#include "server/service/alerts.h"

#include "server/service/change.h"
#include "server/store/tables/alert_writer.h"
#include "server/store/tables/settings_writer.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/try.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Alert;
using protocol::Result;
using store::Transaction;

Result<bool> Alerts::raise(Transaction& transaction, const Actor& actor, const Alert& alert)
{
    PRISM_TRY_ASSIGN(const protocol::Settings& settings, transaction.settings().settings());
    if (settings.isMuted(alert.kind, alert.timestamp))
        return false;
    PRISM_TRY_ASSIGN(const std::optional<Alert>& stored, transaction.alerts().raise(alert));
    if (stored)
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::alert, QString(), encode(*stored), alert.timestamp));
    return true;
}

Result<Encoded> Alerts::acknowledge(Transaction& transaction, const Actor& actor, const AlertSeen& seen)
{
    store::AlertWriter& table = transaction.alerts();
    PRISM_TRY_ASSIGN(const bool isFirst, table.acknowledge(seen.id, seen.acknowledgement));
    PRISM_TRY_ASSIGN(const Alert& alert, table.find(seen.id));
    Encoded after{encode(alert)};
    if (isFirst)
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::alertAcknowledged, QString(),
                                encode(protocol::AlertAcknowledged{alert.id, seen.acknowledgement, alert}),
                                seen.acknowledgement.at));
    return after;
}

} // namespace prism::service
