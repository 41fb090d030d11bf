#include "server/store/tables/alert_table.h"

namespace prism::store {

using protocol::Acknowledgement;
using protocol::Alert;
using protocol::AlertKind;
using protocol::alertKindNames;
using protocol::AlertSeverity;
using protocol::alertSeverityNames;
using protocol::toMillis;

namespace {

QByteArray alertColumns()
{
    return "ordinal, id, timestamp, kind, severity, metric, value, expected, bucket, message, "
           "acknowledged_by, acknowledged_at";
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
    return alert;
}

Error notFound()
{
    return {ErrorCode::NotFound, QStringLiteral("There is no alert with this id."), {}};
}

} // namespace

Result<std::optional<Alert>> AlertTable::raise(const Alert& alert)
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
    const Result<int> written = m_database.execute(
        "INSERT INTO alerts (id, timestamp, kind, severity, metric, value, expected, bucket, message) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, "
        "value = excluded.value, expected = excluded.expected, message = excluded.message",
        {after.id, toMillis(after.timestamp), protocol::nameOf(alertKindNames, after.kind),
         protocol::nameOf(alertSeverityNames, after.severity), after.metric, after.value, after.expected,
         toMillis(after.bucket), after.message});
    if (!written)
        return Failure(written.error());
    return after;
}

Result<bool> AlertTable::acknowledge(const QString& id, const Acknowledgement& acknowledgement)
{
    const Result<int> written =
        m_database.execute("UPDATE alerts SET acknowledged_by = ?, acknowledged_at = ? "
                           "WHERE id = ? AND acknowledged_at IS NULL",
                           {acknowledgement.by, toMillis(acknowledgement.at), id});
    if (!written)
        return Failure(written.error());
    if (*written > 0)
        return true;
    if (const Result<Alert> existing = find(id); !existing)
        return Failure(existing.error());
    return false;
}

Result<Alert> AlertTable::find(const QString& id)
{
    const Result<std::optional<Alert>> alert = stored(id);
    if (!alert)
        return Failure(alert.error());
    return *alert ? Result<Alert>(**alert) : Failure(notFound());
}

Result<std::optional<Alert>> AlertTable::stored(const QString& id)
{
    Result<Rows> rows = m_database.select("SELECT " + alertColumns() + " FROM alerts WHERE id = ?", {id});
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? std::optional(readAlert(*rows)) : std::nullopt;
}

Result<AlertPage> AlertTable::list(const AlertQuery& query)
{
    Filter filter;
    if (query.kind)
        filter.add("kind = ?", {protocol::nameOf(alertKindNames, *query.kind)});
    if (query.severity)
        filter.add("severity = ?", {protocol::nameOf(alertSeverityNames, *query.severity)});
    filter.addText("metric = ?", query.metric);
    if (query.acknowledged)
        filter.add(*query.acknowledged ? "acknowledged_at IS NOT NULL" : "acknowledged_at IS NULL", {});
    const Selection selection =
        selectPage(alertColumns(), "alerts", filter, {query.from, query.to, query.after, query.limit + 1});

    Result<Rows> rows = m_database.select(selection.sql, selection.values);
    if (!rows)
        return Failure(rows.error());
    AlertPage page;
    qint64 lastOrdinal = 0;
    while (rows->next()) {
        if (page.alerts.size() == query.limit) {
            page.next = TimeCursor{toMillis(page.alerts.last().timestamp), lastOrdinal};
            break;
        }
        lastOrdinal = rows->integer(0);
        page.alerts.append(readAlert(*rows));
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return page;
}

} // namespace prism::store
