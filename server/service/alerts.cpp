#include "server/service/alerts.h"

#include "server/service/change.h"
#include "server/store/tables/alert_table.h"
#include "server/store/tables/settings_table.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Acknowledgement;
using protocol::Alert;
using protocol::Result;
using store::Transaction;

namespace {

QByteArray acknowledgedData(const QString& id, const QByteArray& alert,
                            const Acknowledgement& acknowledgement)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("id"), id);
    json.key(QLatin1String("by"));
    if (acknowledgement.by.isEmpty())
        json.null();
    else
        json.value(acknowledgement.by);
    json.field(QLatin1String("timestamp"), acknowledgement.at);
    json.key(QLatin1String("alert"));
    json.raw(alert);
    json.endObject();
    return text;
}

} // namespace

Result<bool> Alerts::raise(Transaction& transaction, const Actor& actor, const Alert& alert)
{
    PRISM_TRY_ASSIGN(const protocol::Settings& settings,
                     store::SettingsTable(transaction.database()).settings());
    if (settings.isMuted(alert.kind, alert.timestamp))
        return false;
    PRISM_TRY_ASSIGN(const std::optional<Alert>& stored,
                     store::AlertTable(transaction.database()).raise(alert));
    if (stored)
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::alert, QString(), encode(*stored), alert.timestamp));
    return true;
}

Result<Encoded> Alerts::acknowledge(Transaction& transaction, const Actor& actor, const AlertSeen& seen)
{
    store::AlertTable table(transaction.database());
    PRISM_TRY_ASSIGN(const bool isFirst, table.acknowledge(seen.id, seen.acknowledgement));
    PRISM_TRY_ASSIGN(const Alert& alert, table.find(seen.id));
    Encoded after{encode(alert)};
    if (isFirst)
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::alertAcknowledged, QString(),
                                acknowledgedData(alert.id, after.json, seen.acknowledgement),
                                seen.acknowledgement.at));
    return after;
}

} // namespace prism::service
