#include "shared/protocol/violation.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/text.h"

#include <limits>

namespace prism::protocol {

namespace {

constexpr std::array<Name<Severity>, 3> severityNames{
    {{Severity::Info, "INFO"}, {Severity::Warning, "WARNING"}, {Severity::Block, "BLOCK"}}};

constexpr qsizetype maxPrinciple = 300;
constexpr qsizetype maxPrincipleName = 200;
constexpr qsizetype maxMessage = 2000;
constexpr qsizetype maxPattern = 2000;
constexpr qsizetype maxFile = 1000;
constexpr qsizetype maxUrl = 2000;
constexpr qsizetype maxFingerprint = 300;
constexpr qsizetype maxReason = 500;
constexpr qsizetype maxBy = 100;
constexpr qint64 maxPlace = std::numeric_limits<int>::max();

constexpr QLatin1String principleIdField("principleId"), principleNameField("principleName"),
    severityField("severity"), messageField("message"), falsePositiveField("falsePositive"),
    patternField("pattern"), fileField("file"), lineField("line"), columnField("column"), urlField("url"),
    fingerprintField("fingerprint"), blockField("block"), warningField("warning"), infoField("info"),
    reasonField("reason"), byField("by");

void writeText(JsonWriter& json, QLatin1String name, const QString& text)
{
    if (!text.isEmpty())
        json.field(name, text);
}

void writePlace(JsonWriter& json, QLatin1String name, int place)
{
    if (place > 0)
        json.field(name, place);
}

} // namespace

QLatin1String toString(Severity severity)
{
    return nameOf(severityNames, severity);
}

std::optional<Severity> severityFromString(QStringView text)
{
    return valueOf(severityNames, text);
}

void ViolationCounts::add(const Violation& violation, int times)
{
    if (violation.falsePositive)
        falsePositive += times;
    else if (violation.severity == Severity::Block)
        block += times;
    else if (violation.severity == Severity::Warning)
        warning += times;
    else
        info += times;
}

qsizetype textSize(const Violation& violation)
{
    return violation.principleId.size() + violation.principleName.size() + violation.message.size() +
           violation.pattern.size() + violation.file.size() + violation.url.size() +
           violation.fingerprint.size();
}

ViolationCounts countsOf(const QList<Violation>& violations)
{
    ViolationCounts counts;
    for (const Violation& violation : violations)
        counts.add(violation);
    return counts;
}

Violation readViolation(ObjectReader& reader, UnknownFields unknown)
{
    const auto text = [&reader](QLatin1String name, qsizetype most) {
        return reader.text(name, Presence::Optional, most).value_or(QString());
    };
    const auto place = [&reader](QLatin1String name) {
        return int(reader.integer(name, Presence::Optional, 0, maxPlace).value_or(0));
    };
    Violation violation;
    violation.principleId =
        reader.text(principleIdField, Presence::Required, maxPrinciple).value_or(QString());
    violation.principleName = text(principleNameField, maxPrincipleName);
    violation.severity =
        reader.choice(severityField, Presence::Required, severityNames).value_or(Severity::Warning);
    violation.message = text(messageField, maxMessage);
    violation.falsePositive = reader.boolean(falsePositiveField, Presence::Optional).value_or(false);
    violation.pattern = text(patternField, maxPattern);
    violation.file = text(fileField, maxFile);
    violation.line = place(lineField);
    violation.column = place(columnField);
    violation.url = text(urlField, maxUrl);
    violation.fingerprint = text(fingerprintField, maxFingerprint);
    if (unknown == UnknownFields::Refused)
        reader.refuseUnknown();
    return violation;
}

void write(JsonWriter& json, const Violation& violation)
{
    json.beginObject();
    json.field(principleIdField, violation.principleId);
    writeText(json, principleNameField, violation.principleName);
    json.field(severityField, toString(violation.severity));
    writeText(json, messageField, violation.message);
    writeText(json, patternField, violation.pattern);
    writeText(json, fileField, violation.file);
    writePlace(json, lineField, violation.line);
    writePlace(json, columnField, violation.column);
    writeText(json, urlField, violation.url);
    writeText(json, fingerprintField, violation.fingerprint);
    json.field(falsePositiveField, violation.falsePositive);
    json.endObject();
}

QByteArray encode(const Violation& violation)
{
    QByteArray text;
    JsonWriter json(text);
    write(json, violation);
    return text;
}

ViolationCounts readCounts(ObjectReader& reader)
{
    const auto count = [&reader](QLatin1String name) {
        return reader.count(name, Presence::Required).value_or(0);
    };
    return {count(blockField), count(warningField), count(infoField), count(falsePositiveField)};
}

void write(JsonWriter& json, const ViolationCounts& counts)
{
    json.beginObject();
    json.field(blockField, counts.block);
    json.field(warningField, counts.warning);
    json.field(infoField, counts.info);
    json.field(falsePositiveField, counts.falsePositive);
    json.endObject();
}

Violation abridged(const Violation& violation)
{
    constexpr qsizetype most = 150; // characters, of up to 6 bytes each
    Violation brief{violation.principleId,
                    {},
                    violation.severity,
                    firstCharacters(violation.message, most),
                    violation.falsePositive};
    brief.file = firstCharacters(violation.file, most);
    brief.line = violation.line;
    brief.column = violation.column;
    return brief;
}

QJsonObject toJson(const ViolationMark& mark)
{
    QJsonObject json{{falsePositiveField, mark.falsePositive}};
    if (!mark.reason.isEmpty())
        json.insert(reasonField, mark.reason);
    if (!mark.by.isEmpty())
        json.insert(byField, mark.by);
    return json;
}

Result<ViolationMark> violationMarkFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const ViolationMark mark{
        reader.boolean(falsePositiveField, Presence::Required).value_or(false),
        reader.text(reasonField, Presence::Optional, maxReason).value_or(QString()),
        reader.text(byField, Presence::Optional, maxBy).value_or(QString()),
    };
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The violation cannot be marked.")));
    return mark;
}

} // namespace prism::protocol
