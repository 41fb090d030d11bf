#include "shared/protocol/check.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr std::array<Name<CheckStatus>, 3> statusNames{
    {{CheckStatus::Pass, "PASS"}, {CheckStatus::Warning, "WARNING"}, {CheckStatus::Blocked, "BLOCKED"}}};

constexpr std::array<Name<Severity>, 3> severityNames{
    {{Severity::Info, "INFO"}, {Severity::Warning, "WARNING"}, {Severity::Block, "BLOCK"}}};

constexpr qsizetype maxId = 100;
constexpr qsizetype maxName = 200;
constexpr qsizetype maxMessage = 2000;
constexpr qsizetype maxPattern = 2000;
constexpr qsizetype maxViolations = 100;
constexpr double maxDuration = 1e12;

constexpr QLatin1String idField("id"), statusField("status"), durationField("duration"),
    timestampField("timestamp"), userField("user"), sessionField("session"), projectField("project"),
    violationsField("violations"), principleIdField("principleId"), principleNameField("principleName"),
    severityField("severity"), messageField("message"), falsePositiveField("falsePositive"),
    patternField("pattern");

/// Who writes to the server is told of what it does not know; what a newer server says more is passed over.
enum class Unknown { Refused, PassedOver };

Violation readViolation(ObjectReader& reader, Unknown unknown)
{
    Violation violation;
    violation.principleId = reader.text(principleIdField, Presence::Required, maxId).value_or(QString());
    violation.principleName =
        reader.text(principleNameField, Presence::Optional, maxName).value_or(QString());
    violation.severity =
        reader.choice(severityField, Presence::Required, severityNames).value_or(Severity::Warning);
    violation.message = reader.text(messageField, Presence::Optional, maxMessage).value_or(QString());
    violation.falsePositive = reader.boolean(falsePositiveField, Presence::Optional).value_or(false);
    violation.pattern = reader.text(patternField, Presence::Optional, maxPattern).value_or(QString());
    if (unknown == Unknown::Refused)
        reader.refuseUnknown();
    return violation;
}

void writeViolation(JsonWriter& json, const Violation& violation)
{
    json.beginObject();
    json.field(principleIdField, violation.principleId);
    if (!violation.principleName.isEmpty())
        json.field(principleNameField, violation.principleName);
    json.field(severityField, toString(violation.severity));
    if (!violation.message.isEmpty())
        json.field(messageField, violation.message);
    if (!violation.pattern.isEmpty())
        json.field(patternField, violation.pattern);
    json.field(falsePositiveField, violation.falsePositive);
    json.endObject();
}

Result<Check> readCheck(const QJsonObject& json, Timestamp now, Timestamp latest, Unknown unknown)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Check check;
    check.id = reader.text(idField, Presence::Optional, maxId).value_or(QString());
    check.status = reader.choice(statusField, Presence::Required, statusNames).value_or(CheckStatus::Pass);
    check.duration = reader.number(durationField, Presence::Required, 0, maxDuration).value_or(0);
    check.timestamp = reader.timestamp(timestampField, Presence::Optional, latest).value_or(now);
    check.user = reader.text(userField, Presence::Optional, maxId).value_or(QString());
    check.session = reader.text(sessionField, Presence::Optional, maxId).value_or(QString());
    check.project = reader.text(projectField, Presence::Optional, maxId).value_or(QString());
    reader.objects(violationsField, Presence::Optional, maxViolations,
                   [&](ObjectReader& each) { check.violations.append(readViolation(each, unknown)); });
    if (unknown == Unknown::Refused)
        reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The check is not valid.")));
    return check;
}

} // namespace

QLatin1String toString(CheckStatus status)
{
    return nameOf(statusNames, status);
}

QLatin1String toString(Severity severity)
{
    return nameOf(severityNames, severity);
}

std::optional<CheckStatus> checkStatusFromString(QStringView text)
{
    return valueOf(statusNames, text);
}

std::optional<Severity> severityFromString(QStringView text)
{
    return valueOf(severityNames, text);
}

QByteArray encode(const Check& check)
{
    QByteArray text;
    text.reserve(240 + 200 * check.violations.size());
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, check.id);
    json.field(statusField, toString(check.status));
    json.field(durationField, check.duration);
    json.field(timestampField, check.timestamp);
    if (!check.user.isEmpty())
        json.field(userField, check.user);
    if (!check.session.isEmpty())
        json.field(sessionField, check.session);
    if (!check.project.isEmpty())
        json.field(projectField, check.project);
    json.key(violationsField);
    json.beginArray();
    for (const Violation& violation : check.violations)
        writeViolation(json, violation);
    json.endArray();
    json.endObject();
    return text;
}

Result<Check> checkFromJson(const QJsonObject& json, Timestamp now, Timestamp latest)
{
    return readCheck(json, now, latest, Unknown::Refused);
}

Result<Check> checkFromJson(const QJsonObject& json)
{
    return readCheck(json, Timestamp(), Timestamp::max(), Unknown::PassedOver);
}

QJsonObject toJson(const ViolationMark& mark)
{
    return {{falsePositiveField, mark.falsePositive}};
}

Result<ViolationMark> violationMarkFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const ViolationMark mark{reader.boolean(falsePositiveField, Presence::Required).value_or(false)};
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The violation cannot be marked.")));
    return mark;
}

} // namespace prism::protocol
