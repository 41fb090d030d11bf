#include "server/store/tables/alert_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Acknowledgement;
using protocol::Alert;
using protocol::AlertKind;
using protocol::alertKindNames;
using protocol::AlertSeverity;
using protocol::alertSeverityNames;
using protocol::AlertState;
using protocol::alertStateNames;
using protocol::toMillis;

namespace {

QByteArray alertColumns()
{
    return "ordinal, id, timestamp, kind, severity, metric, value, expected, bucket, message, "
           "acknowledged_by, acknowledged_at, state, since, checks, limit_ms, resolved_at, project, gate";
}

Alert readAlert(const Rows& rows)
{
    Alert alert;
    alert.id = rows.text(1);
    alert.timestamp = protocol::fromMillis(rows.integer(2));
    alert.kind = protocol::valueOf(alertKindNames, rows.text(3)).value_or(AlertKind::ViolationSpike);
    alert.severity = protocol::valueOf(alertSeverityNames, rows.text(4)).value_or(AlertSeverity::Medium);
    alert.metric = rows.text(5);
    alert.value = rows.real(6);
    alert.expected = rows.real(7);
    alert.bucket = protocol::fromMillis(rows.integer(8));
    alert.message = rows.text(9);
    if (!rows.isNull(11))
        alert.acknowledgement = Acknowledgement{rows.text(10), protocol::fromMillis(rows.integer(11))};
    alert.state = protocol::valueOf(alertStateNames, rows.text(12)).value_or(AlertState::Open);
    if (!rows.isNull(13))
        alert.since = protocol::fromMillis(rows.integer(13));
    if (!rows.isNull(14))
        alert.checks = rows.integer(14);
    if (!rows.isNull(15))
        alert.limitMs = rows.real(15);
    if (!rows.isNull(16))
        alert.resolvedAt = protocol::fromMillis(rows.integer(16));
    alert.project = rows.text(17);
    alert.gate = rows.text(18);
    return alert;
}

Error notFound()
{
    return {ErrorCode::NotFound, QStringLiteral("There is no alert with this id."), {}};
}

} // namespace

Result<Alert> AlertReader::find(const QString& id, const protocol::Reach& reach)
{
    PRISM_TRY_ASSIGN(const std::optional<Alert> alert, stored(id));
    return alert && reach.has(alert->project) ? Result<Alert>(*alert) : Failure(notFound());
}

Result<std::optional<Alert>> AlertReader::stored(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT " + alertColumns() + " FROM alerts WHERE id = ?", {id}));
    return rows.next() ? std::optional(readAlert(rows)) : std::nullopt;
}

Result<std::optional<Alert>> AlertReader::last(AlertKind kind)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + alertColumns() +
                                                        " FROM alerts WHERE kind = ? AND since IS NOT NULL "
                                                        "ORDER BY timestamp DESC, ordinal DESC LIMIT 1",
                                                    {protocol::nameOf(alertKindNames, kind)}));
    return rows.next() ? std::optional(readAlert(rows)) : std::nullopt;
}

Result<std::optional<Alert>> AlertReader::last(const protocol::GateName& gate)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT " + alertColumns() +
                                             " FROM alerts WHERE gate <> '' AND project = ? AND gate = ? "
                                             "ORDER BY timestamp DESC, ordinal DESC LIMIT 1",
                                         {gate.project, gate.gate}));
    return rows.next() ? std::optional(readAlert(rows)) : std::nullopt;
}

Result<QList<Alert>> AlertReader::lastingOfGates()
{
    PRISM_TRY_ASSIGN(
        Rows rows, m_connection.select("SELECT " + alertColumns() +
                                       " FROM alerts WHERE gate <> '' AND state IN ('open', 'acknowledged') "
                                       "ORDER BY ordinal"));
    QList<Alert> alerts;
    while (rows.next())
        alerts.append(readAlert(rows));
    if (const auto error = rows.error())
        return Failure(*error);
    return alerts;
}

Result<AlertPage> AlertReader::list(const AlertQuery& query)
{
    Filter filter;
    if (query.kind)
        filter.add("kind = ?", {protocol::nameOf(alertKindNames, *query.kind)});
    if (query.severity)
        filter.add("severity = ?", {protocol::nameOf(alertSeverityNames, *query.severity)});
    if (query.state)
        filter.add("state = ?", {protocol::nameOf(alertStateNames, *query.state)});
    if (!query.metric.isEmpty())
        filter.add("metric = ?", {query.metric});
    if (query.acknowledged)
        filter.add(*query.acknowledged ? "acknowledged_at IS NOT NULL" : "acknowledged_at IS NULL", {});
    if (!query.projects.isEmpty()) {
        filter.add("gate <> ''", {});
        filter.addProjects(query.projects);
    }
    const Selection selection =
        selectPage(alertColumns(), "alerts", filter, {query.from, query.to, query.after, query.limit + 1});

    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(selection.sql, selection.values));
    AlertPage page;
    qint64 lastOrdinal = 0;
    while (rows.next()) {
        if (page.alerts.size() == query.limit) {
            page.next = TimeCursor{toMillis(page.alerts.last().timestamp), lastOrdinal};
            break;
        }
        lastOrdinal = rows.integer(0);
        page.alerts.append(readAlert(rows));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

} // namespace prism::store
