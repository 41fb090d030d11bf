#include "shared/protocol/false_positive.h"

#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String idField("id"), atField("at"), projectField("project"),
    principleIdField("principleId"), principleNameField("principleName"), fingerprintField("fingerprint"),
    fileField("file"), messageField("message"), checkIdField("checkId"), byField("by"), reasonField("reason"),
    seenField("seen"), lastSeenField("lastSeen");

constexpr qsizetype longest = 10'000;

} // namespace

QByteArray encode(const FalsePositive& falsePositive)
{
    QByteArray text;
    JsonWriter json(text);
    const auto write = [&json](QLatin1String name, const QString& value) {
        if (!value.isEmpty())
            json.field(name, value);
    };
    json.beginObject();
    json.field(idField, falsePositive.id);
    json.field(atField, falsePositive.at);
    write(projectField, falsePositive.project);
    json.field(principleIdField, falsePositive.principleId);
    write(principleNameField, falsePositive.principleName);
    write(fingerprintField, falsePositive.fingerprint);
    write(fileField, falsePositive.file);
    write(messageField, falsePositive.message);
    json.field(checkIdField, falsePositive.checkId);
    write(byField, falsePositive.by);
    write(reasonField, falsePositive.reason);
    json.field(seenField, falsePositive.seen);
    if (falsePositive.lastSeen)
        json.field(lastSeenField, *falsePositive.lastSeen);
    json.endObject();
    return text;
}

Result<FalsePositive> falsePositiveFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const auto text = [&reader](QLatin1String name, Presence presence = Presence::Optional) {
        return reader.text(name, presence, longest).value_or(QString());
    };
    FalsePositive read;
    read.id = text(idField, Presence::Required);
    read.at = reader.timestamp(atField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    read.project = text(projectField);
    read.principleId = text(principleIdField, Presence::Required);
    read.principleName = text(principleNameField);
    read.fingerprint = text(fingerprintField);
    read.file = text(fileField);
    read.message = text(messageField);
    read.checkId = text(checkIdField, Presence::Required);
    read.by = text(byField);
    read.reason = text(reasonField);
    read.seen = reader.count(seenField, Presence::Required).value_or(0);
    read.lastSeen = reader.timestamp(lastSeenField, Presence::Optional, Timestamp::max());
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The false positive is not valid.")));
    return read;
}

} // namespace prism::protocol
