#include "server/store/tables/alert_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Acknowledgement;
using protocol::Alert;
using protocol::alertKindNames;
using protocol::alertSeverityNames;
using protocol::alertStateNames;
using protocol::toMillis;

namespace {

std::optional<qint64> millisOf(const std::optional<protocol::Timestamp>& time)
{
    return time ? std::optional(toMillis(*time)) : std::nullopt;
}

} // namespace

Result<void> AlertWriter::put(const Alert& alert)
{
    const auto& seen = alert.acknowledgement;
    PRISM_TRY(m_connection.execute(
        "INSERT INTO alerts (id, timestamp, kind, severity, metric, value, expected, bucket, message, state, "
        "since, checks, limit_ms, resolved_at, acknowledged_by, acknowledged_at, project, gate) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "severity = excluded.severity, value = excluded.value, expected = excluded.expected, "
        "bucket = excluded.bucket, message = excluded.message, state = excluded.state, "
        "since = excluded.since, checks = excluded.checks, limit_ms = excluded.limit_ms, "
        "resolved_at = excluded.resolved_at, acknowledged_by = excluded.acknowledged_by, "
        "acknowledged_at = excluded.acknowledged_at",
        {alert.id, toMillis(alert.timestamp), protocol::nameOf(alertKindNames, alert.kind),
         protocol::nameOf(alertSeverityNames, alert.severity), alert.metric, alert.value, alert.expected,
         toMillis(alert.bucket), alert.message, protocol::nameOf(alertStateNames, alert.state),
         millisOf(alert.since), alert.checks, alert.limitMs, millisOf(alert.resolvedAt),
         seen ? std::optional(seen->by) : std::nullopt,
         seen ? std::optional(toMillis(seen->at)) : std::nullopt, alert.project, alert.gate}));
    return {};
}

Result<bool> AlertWriter::acknowledge(const QString& id, const Acknowledgement& acknowledgement)
{
    PRISM_TRY_ASSIGN(const int written,
                     m_connection.execute("UPDATE alerts SET acknowledged_by = ?, acknowledged_at = ?, "
                                          "state = CASE state WHEN 'open' THEN 'acknowledged' ELSE state END "
                                          "WHERE id = ? AND acknowledged_at IS NULL",
                                          {acknowledgement.by, toMillis(acknowledgement.at), id}));
    if (written > 0)
        return true;
    PRISM_TRY(find(id));
    return false;
}

} // namespace prism::store
