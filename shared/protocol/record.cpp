#include "shared/protocol/record.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_slices.h"
#include "shared/protocol/json_writer.h"

#include <QJsonDocument>

#include <limits>

namespace prism::protocol {

namespace {

constexpr std::array<Name<RecordType>, 3> typeNames{
    {{RecordType::Custom, "custom"}, {RecordType::Scheduled, "scheduled"}, {RecordType::Adhoc, "adhoc"}}};

constexpr qsizetype maxName = 100;
constexpr qsizetype maxDescription = 500;
constexpr qsizetype maxPerson = 100;
constexpr qsizetype maxMetrics = 50;
constexpr qint64 highestVersion = 1'000'000'000;

/// What was stored before a limit became smaller is a record all the same.
constexpr RecordLimits unlimited{std::numeric_limits<qsizetype>::max()};

constexpr QLatin1String idField("id"), typeField("type"), nameField("name"), descriptionField("description"),
    configField("config"), createdAtField("createdAt"), updatedAtField("updatedAt"),
    createdByField("createdBy"), versionField("version"), metricsField("metrics"), periodField("period"),
    filtersField("filters");

void writeConfig(JsonWriter& json, const RecordConfig& config)
{
    json.beginObject();
    if (!config.metrics.isEmpty())
        json.field(metricsField, config.metrics);
    if (config.period)
        json.field(periodField, toString(*config.period));
    if (!config.filters.isNull()) {
        json.key(filtersField);
        json.raw(config.filters.text());
    }
    json.endObject();
}

qsizetype sizeOf(const RecordConfig& config)
{
    QByteArray text;
    JsonWriter json(text);
    writeConfig(json, config);
    return text.size();
}

ObjectText readFilters(ObjectReader& config, QByteArrayView text)
{
    const std::optional<QJsonObject> object = config.object(filtersField, Presence::Optional);
    if (!object)
        return {};
    const auto given = text.isEmpty() ? std::nullopt : sliceOf(text, {configField, filtersField});
    return given ? ObjectText::asGiven(*given) : ObjectText(*object);
}

std::optional<RecordConfig> readConfig(ObjectReader& parent, Problems& problems, const RecordLimits& limits,
                                       QByteArrayView text)
{
    const std::optional<QJsonObject> object = parent.object(configField, Presence::Optional);
    if (!object)
        return std::nullopt;
    ObjectReader reader(*object, problems, QString(configField));
    RecordConfig config;
    config.metrics =
        reader.texts(metricsField, Presence::Optional, maxMetrics, maxName).value_or(QStringList());
    if (const auto period = reader.text(periodField, Presence::Optional, maxName)) {
        config.period = periodFromString(*period);
        if (!config.period)
            reader.refuse(ErrorCode::Validation, periodField,
                          QStringLiteral("must be one of today, week, month, year, all"));
    }
    config.filters = readFilters(reader, text);
    reader.refuseUnknown();
    if (const qsizetype size = sizeOf(config); size > limits.configBytes)
        parent.refuse(
            ErrorCode::TooLong, configField,
            QStringLiteral("has %1 bytes, at most %2 are allowed").arg(size).arg(limits.configBytes));
    return config;
}

Result<Record> readRecord(const QJsonObject& json, QByteArrayView text)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const Timestamp endOfTime = Timestamp::max();
    Record record;
    record.id = reader.text(idField, Presence::Required, maxName).value_or(QString());
    record.type = reader.choice(typeField, Presence::Required, typeNames).value_or(RecordType::Custom);
    record.name = reader.text(nameField, Presence::Required, maxName).value_or(QString());
    record.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    record.config = readConfig(reader, problems, unlimited, text);
    record.createdAt = reader.timestamp(createdAtField, Presence::Required, endOfTime).value_or(Timestamp());
    record.updatedAt = reader.timestamp(updatedAtField, Presence::Required, endOfTime).value_or(Timestamp());
    record.createdBy = reader.text(createdByField, Presence::Optional, maxPerson);
    record.version = int(reader.integer(versionField, Presence::Required, 1, highestVersion).value_or(1));
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a record.")));
    return record;
}

} // namespace

QLatin1String toString(RecordType type)
{
    return nameOf(typeNames, type);
}

std::optional<RecordType> recordTypeFromString(QStringView text)
{
    return valueOf(typeNames, text);
}

QByteArray encode(const Record& record)
{
    QByteArray text;
    text.reserve(320 + 2 * record.name.size() + (record.description ? 2 * record.description->size() : 0));
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, record.id);
    json.field(typeField, toString(record.type));
    json.field(nameField, record.name);
    if (record.description)
        json.field(descriptionField, *record.description);
    if (record.config) {
        json.key(configField);
        writeConfig(json, *record.config);
    }
    json.field(createdAtField, record.createdAt);
    json.field(updatedAtField, record.updatedAt);
    if (record.createdBy)
        json.field(createdByField, *record.createdBy);
    json.field(versionField, record.version);
    json.endObject();
    return text;
}

QByteArray encode(const RecordDraft& draft)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(typeField, toString(draft.type));
    json.field(nameField, draft.name);
    if (draft.description)
        json.field(descriptionField, *draft.description);
    if (draft.config) {
        json.key(configField);
        writeConfig(json, *draft.config);
    }
    if (draft.createdBy)
        json.field(createdByField, *draft.createdBy);
    json.endObject();
    return text;
}

QByteArray encode(const RecordPatch& patch)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    if (patch.version)
        json.field(versionField, *patch.version);
    if (patch.type)
        json.field(typeField, toString(*patch.type));
    if (patch.name)
        json.field(nameField, *patch.name);
    if (patch.description)
        json.field(descriptionField, *patch.description);
    if (patch.config) {
        json.key(configField);
        writeConfig(json, *patch.config);
    }
    json.endObject();
    return text;
}

Result<Record> decodeRecord(const QByteArray& text)
{
    return readRecord(QJsonDocument::fromJson(text).object(), text);
}

Result<Record> recordFromJson(const QJsonObject& json)
{
    return readRecord(json, {});
}

Result<RecordDraft> recordDraftFromJson(const QJsonObject& json, const RecordLimits& limits,
                                        QByteArrayView text)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordDraft draft;
    draft.type = reader.choice(typeField, Presence::Required, typeNames).value_or(RecordType::Custom);
    draft.name = reader.text(nameField, Presence::Required, maxName).value_or(QString());
    draft.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    draft.config = readConfig(reader, problems, limits, text);
    draft.createdBy = reader.text(createdByField, Presence::Optional, maxPerson);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The record is not valid.")));
    return draft;
}

Result<RecordPatch> recordPatchFromJson(const QJsonObject& json, const RecordLimits& limits,
                                        QByteArrayView text)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordPatch patch;
    if (const auto version = reader.number(versionField, Presence::Optional, 1, highestVersion)) {
        patch.version = int(*version);
        if (double(*patch.version) != *version)
            reader.refuse(ErrorCode::BadFormat, versionField, QStringLiteral("must be a whole number"));
    }
    patch.type = reader.choice(typeField, Presence::Optional, typeNames);
    if (reader.has(nameField))
        patch.name = reader.text(nameField, Presence::Required, maxName);
    patch.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    patch.config = readConfig(reader, problems, limits, text);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The change is not valid.")));
    if (patch.isEmpty())
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The body changes nothing."),
                             {QStringLiteral("give at least one of type, name, description, config")}});
    return patch;
}

} // namespace prism::protocol
