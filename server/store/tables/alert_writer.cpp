#include "server/store/tables/alert_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Acknowledgement;
using protocol::Alert;
using protocol::alertKindNames;
using protocol::alertSeverityNames;
using protocol::toMillis;

Result<std::optional<Alert>> AlertWriter::raise(const Alert& alert)
{
    const Result<std::optional<Alert>> before = stored(alert.id);
    if (!before)
        return before;
    if (*before && (*before)->severity >= alert.severity)
        return std::nullopt;
    Alert after = alert;
    if (*before) {
        after.timestamp = (*before)->timestamp;
        after.acknowledgement = (*before)->acknowledgement;
    }
    PRISM_TRY(m_connection.execute(
        "INSERT INTO alerts (id, timestamp, kind, severity, metric, value, expected, bucket, message) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, "
        "value = excluded.value, expected = excluded.expected, message = excluded.message",
        {after.id, toMillis(after.timestamp), protocol::nameOf(alertKindNames, after.kind),
         protocol::nameOf(alertSeverityNames, after.severity), after.metric, after.value, after.expected,
         toMillis(after.bucket), after.message}));
    return after;
}

Result<bool> AlertWriter::acknowledge(const QString& id, const Acknowledgement& acknowledgement)
{
    PRISM_TRY_ASSIGN(const int written,
                     m_connection.execute("UPDATE alerts SET acknowledged_by = ?, acknowledged_at = ? "
                                          "WHERE id = ? AND acknowledged_at IS NULL",
                                          {acknowledgement.by, toMillis(acknowledgement.at), id}));
    if (written > 0)
        return true;
    PRISM_TRY(find(id));
    return false;
}

} // namespace prism::store
