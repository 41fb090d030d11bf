#include "shared/protocol/alert.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

#include <QCryptographicHash>

namespace prism::protocol {

namespace {

constexpr qsizetype maxId = 200;
constexpr qsizetype maxMessage = 1000;
constexpr qsizetype maxBy = 100;

constexpr QLatin1String idField("id"), kindField("kind"), messageField("message"), severityField("severity"),
    metricField("metric"), valueField("value"), expectedField("expected"), bucketField("bucket"),
    timestampField("timestamp"), acknowledgedByField("acknowledgedBy"), acknowledgedAtField("acknowledgedAt"),
    byField("by"), stateField("state"), sinceField("since"), checksField("checks"), limitField("limitMs"),
    resolvedAtField("resolvedAt"), projectField("project"), gateField("gate");

QString idOf(AlertKind kind, const QString& of, Timestamp bucket)
{
    return QStringLiteral("%1-%2-%3")
        .arg(nameOf(alertKindNames, kind), of,
             toDateTime(bucket).toString(QStringLiteral("yyyyMMdd'T'HHmm'Z'")));
}

void insertFacts(QJsonObject& json, const Alert& alert)
{
    if (!alert.project.isEmpty())
        json.insert(projectField, alert.project);
    if (!alert.gate.isEmpty())
        json.insert(gateField, alert.gate);
    if (alert.since)
        json.insert(sinceField, toIso(*alert.since));
    if (alert.checks)
        json.insert(checksField, *alert.checks);
    if (alert.limitMs)
        json.insert(limitField, *alert.limitMs);
    if (alert.state == AlertState::Resolved && alert.resolvedAt)
        json.insert(resolvedAtField, toIso(*alert.resolvedAt));
}

AlertState readState(ObjectReader& reader, const Alert& alert)
{
    const QString name = reader.text(stateField, Presence::Optional, maxId).value_or(QString());
    return valueOf(alertStateNames, name)
        .value_or(alert.isAcknowledged() ? AlertState::Acknowledged : AlertState::Open);
}

} // namespace

QString alertId(AlertKind kind, QLatin1String metric, Timestamp bucket)
{
    return idOf(kind, QString(metric), bucket);
}

QString gateAlertId(const QString& project, const QString& gate, Timestamp bucket)
{
    constexpr qsizetype enough = 16;
    const QByteArray names = project.toUtf8() + '\0' + gate.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(names, QCryptographicHash::Sha256).toHex().first(enough);
    return idOf(AlertKind::GateFailing, QString::fromLatin1(hash), bucket);
}

QJsonObject toJson(const Alert& alert)
{
    QJsonObject json{
        {idField, alert.id},
        {messageField, alert.since && alert.message.isEmpty() ? messageOf(alert) : alert.message},
        {severityField, nameOf(alertSeverityNames, alert.severity)},
        {stateField, nameOf(alertStateNames, alert.state)},
        {metricField, alert.metric},
        {valueField, alert.value},
        {expectedField, alert.expected},
        {bucketField, toIso(alert.bucket)},
        {timestampField, toIso(alert.timestamp)}};
    if (alert.kind != AlertKind::Other)
        json.insert(kindField, nameOf(alertKindNames, alert.kind));
    insertFacts(json, alert);
    if (alert.acknowledgement) {
        if (!alert.acknowledgement->by.isEmpty())
            json.insert(acknowledgedByField, alert.acknowledgement->by);
        json.insert(acknowledgedAtField, toIso(alert.acknowledgement->at));
    }
    return json;
}

QByteArray encode(const Alert& alert)
{
    return writtenJson(toJson(alert));
}

Alert readAlert(ObjectReader& reader)
{
    Alert alert;
    alert.id = reader.text(idField, Presence::Required, maxId).value_or(QString());
    alert.kind =
        valueOf(alertKindNames, reader.text(kindField, Presence::Optional, maxId).value_or(QString()))
            .value_or(AlertKind::Other);
    alert.message = reader.text(messageField, Presence::Required, maxMessage).value_or(QString());
    alert.severity =
        valueOf(alertSeverityNames, reader.text(severityField, Presence::Required, maxId).value_or(QString()))
            .value_or(AlertSeverity::Medium);
    alert.metric = reader.text(metricField, Presence::Required, maxId).value_or(QString());
    alert.value = reader.number(valueField, Presence::Required).value_or(0);
    alert.expected = reader.number(expectedField, Presence::Required).value_or(0);
    alert.bucket = reader.timestamp(bucketField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    alert.timestamp =
        reader.timestamp(timestampField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    const QString by = reader.text(acknowledgedByField, Presence::Optional, maxBy).value_or(QString());
    if (const auto at = reader.timestamp(acknowledgedAtField, Presence::Optional, Timestamp::max()))
        alert.acknowledgement = Acknowledgement{by, *at};
    alert.since = reader.timestamp(sinceField, Presence::Optional, Timestamp::max());
    alert.checks = reader.count(checksField, Presence::Optional);
    alert.limitMs = reader.number(limitField, Presence::Optional);
    alert.project = reader.text(projectField, Presence::Optional, maxId).value_or(QString());
    alert.gate = reader.text(gateField, Presence::Optional, maxId).value_or(QString());
    alert.state = readState(reader, alert);
    if (const auto at = reader.timestamp(resolvedAtField, Presence::Optional, Timestamp::max());
        alert.state == AlertState::Resolved)
        alert.resolvedAt = at;
    if (alert.since && alert.kind != AlertKind::Other)
        alert.message.clear(); // who reads it makes a sentence of the facts
    return alert;
}

Result<Alert> alertFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Alert alert = readAlert(reader);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not an alert.")));
    return alert;
}

QJsonObject toJson(const Acknowledgement& acknowledgement)
{
    return acknowledgement.by.isEmpty() ? QJsonObject() : QJsonObject{{byField, acknowledgement.by}};
}

Result<Acknowledgement> acknowledgementFromJson(const QJsonObject& json, Timestamp now)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Acknowledgement acknowledgement{reader.text(byField, Presence::Optional, maxBy).value_or(QString()), now};
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The acknowledgement is not valid.")));
    return acknowledgement;
}

} // namespace prism::protocol
