#include "shared/protocol/event_data.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

#include <limits>

namespace prism::protocol {

namespace {

constexpr QLatin1String idField("id"), recordField("record"), updatesField("updates"), checkField("check"),
    alertField("alert"), byField("by"), settingsField("settings"), timestampField("timestamp");

constexpr qsizetype maxId = 200;

Timestamp readTime(ObjectReader& reader)
{
    return reader.timestamp(timestampField, Presence::Required, Timestamp::max()).value_or(Timestamp());
}

/// Reads the message that stands in a field, and says of its problems where they are.
template <typename T>
std::optional<T> readInner(ObjectReader& reader, Problems& problems, QLatin1String name, Presence presence,
                           Result<T> (*fromJson)(const QJsonObject&))
{
    const std::optional<QJsonObject> object = reader.object(name, presence);
    if (!object)
        return std::nullopt;
    const Result<T> inner = fromJson(*object);
    if (inner)
        return *inner;
    const Error& error = inner.error();
    for (const QString& detail : error.details)
        problems.add(error.code, {}, QString(name) + QLatin1Char('.') + detail);
    if (error.details.isEmpty())
        problems.add(error.code, name, error.message);
    return std::nullopt;
}

Result<RecordPatch> patchFromJson(const QJsonObject& json)
{
    // The server has taken it already, whatever its limits are.
    return recordPatchFromJson(json, {std::numeric_limits<qsizetype>::max()});
}

Error notThisEvent(const Problems& problems)
{
    return problems.toError(QStringLiteral("The event does not say what its type promises."));
}

} // namespace

QByteArray recordStoredData(const Record& record, QByteArrayView encoded, QByteArrayView updates)
{
    QByteArray text;
    text.reserve(encoded.size() + updates.size() + 128);
    JsonWriter json(text);
    json.beginObject();
    if (!updates.isEmpty())
        json.field(idField, record.id);
    json.key(recordField);
    json.raw(encoded);
    if (!updates.isEmpty()) {
        json.key(updatesField);
        json.raw(updates);
    }
    json.field(timestampField, record.updatedAt);
    json.endObject();
    return text;
}

Result<RecordStored> recordStoredFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordStored stored;
    stored.record = readInner<Record>(reader, problems, recordField, Presence::Required, recordFromJson)
                        .value_or(Record());
    stored.updates =
        readInner<RecordPatch>(reader, problems, updatesField, Presence::Optional, patchFromJson);
    if (!problems.isEmpty())
        return Failure(notThisEvent(problems));
    return stored;
}

QByteArray encode(const RecordRemoved& removed)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, removed.id);
    json.field(timestampField, removed.at);
    json.endObject();
    return text;
}

Result<RecordRemoved> recordRemovedFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordRemoved removed{reader.text(idField, Presence::Required, maxId).value_or(QString()),
                          readTime(reader)};
    if (!problems.isEmpty())
        return Failure(notThisEvent(problems));
    return removed;
}

QByteArray encode(const CheckUpdated& updated, QByteArrayView encodedCheck)
{
    QByteArray text;
    text.reserve(encodedCheck.size() + 128);
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, updated.check.id);
    json.key(checkField);
    json.raw(encodedCheck);
    json.field(timestampField, updated.at);
    json.endObject();
    return text;
}

Result<CheckUpdated> checkUpdatedFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    CheckUpdated updated{
        readInner<Check>(reader, problems, checkField, Presence::Required, checkFromJson).value_or(Check()),
        readTime(reader)};
    if (!problems.isEmpty())
        return Failure(notThisEvent(problems));
    return updated;
}

QByteArray encode(const AlertAcknowledged& acknowledged)
{
    const Acknowledgement& acknowledgement = acknowledged.acknowledgement;
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, acknowledged.id);
    json.key(byField);
    if (acknowledgement.by.isEmpty())
        json.null();
    else
        json.value(acknowledgement.by);
    json.field(timestampField, acknowledgement.at);
    if (acknowledged.alert) {
        const QByteArray alert = encode(*acknowledged.alert);
        json.key(alertField);
        json.raw(alert);
    }
    json.endObject();
    return text;
}

Result<AlertAcknowledged> alertAcknowledgedFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    AlertAcknowledged acknowledged;
    acknowledged.id = reader.text(idField, Presence::Required, maxId).value_or(QString());
    acknowledged.acknowledgement.by = reader.text(byField, Presence::Optional, maxId).value_or(QString());
    acknowledged.acknowledgement.at = readTime(reader);
    Problems inner; // the id says which alert it is, whether or not the rest of it can be read
    acknowledged.alert = readInner<Alert>(reader, inner, alertField, Presence::Optional, alertFromJson);
    if (!problems.isEmpty())
        return Failure(notThisEvent(problems));
    return acknowledged;
}

QByteArray encode(const SettingsUpdated& updated)
{
    const QByteArray settings = encode(updated.settings);
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.key(settingsField);
    json.raw(settings);
    json.field(timestampField, updated.at);
    json.endObject();
    return text;
}

Result<SettingsUpdated> settingsUpdatedFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    SettingsUpdated updated{
        readInner<Settings>(reader, problems, settingsField, Presence::Required, settingsFromJson)
            .value_or(Settings()),
        readTime(reader)};
    if (!problems.isEmpty())
        return Failure(notThisEvent(problems));
    return updated;
}

} // namespace prism::protocol
