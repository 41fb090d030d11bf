#include "server/service/alerts.h"

#include "server/service/change.h"
#include "server/store/tables/alert_writer.h"
#include "server/store/tables/settings_writer.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Alert;
using protocol::AlertState;
using protocol::Result;
using store::Transaction;

Result<bool> Alerts::note(Transaction& transaction, const Actor& actor, const Alert& alert)
{
    PRISM_TRY_ASSIGN(const std::optional<Alert>& before, transaction.alerts().stored(alert.id));
    const bool lasted = before && before->since && before->state != AlertState::Resolved;
    const bool isOver = alert.state == AlertState::Resolved;
    if (isOver && !lasted)
        return true;
    const bool isGraver = !isOver && (!lasted || alert.severity > before->severity);
    PRISM_TRY_ASSIGN(const protocol::Settings& settings, transaction.settings().settings());
    if (isGraver && settings.isMuted(alert.kind, alert.timestamp))
        return false;
    Alert after = alert;
    after.acknowledgement = isGraver ? std::nullopt : before->acknowledgement;
    if (before)
        after.timestamp = before->timestamp;
    if (lasted)
        after.severity = std::max(before->severity, alert.severity);
    if (!isOver)
        after.state = after.isAcknowledged() ? AlertState::Acknowledged : AlertState::Open;
    if (before == after)
        return true;
    PRISM_TRY(transaction.alerts().put(after));
    if (isGraver || isOver)
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::alert, after.project, encode(after), alert.timestamp));
    return true;
}

Result<Encoded> Alerts::acknowledge(Transaction& transaction, const Actor& actor, const AlertSeen& seen)
{
    store::AlertWriter& table = transaction.alerts();
    PRISM_TRY(table.find(seen.id, actor.reach));
    PRISM_TRY_ASSIGN(const bool isFirst, table.acknowledge(seen.id, seen.acknowledgement));
    PRISM_TRY_ASSIGN(const Alert& alert, table.find(seen.id));
    Encoded after{encode(alert)};
    if (isFirst) {
        Change change(transaction, actor);
        PRISM_TRY(change.announce(event_type::alertAcknowledged, alert.project,
                                  encode(protocol::AlertAcknowledged{alert.id, seen.acknowledgement, alert}),
                                  seen.acknowledgement.at));
        PRISM_TRY(change.note("alert.acknowledge", alert.id, {}, after.json));
    }
    return after;
}

} // namespace prism::service
