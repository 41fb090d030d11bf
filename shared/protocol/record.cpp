#include "shared/protocol/record.h"

#include "shared/protocol/json_reader.h"

namespace prism::protocol {

namespace {

constexpr std::array<Name<RecordType>, 3> typeNames{
    {{RecordType::Custom, "custom"}, {RecordType::Scheduled, "scheduled"}, {RecordType::Adhoc, "adhoc"}}};

constexpr qsizetype maxName = 100;
constexpr qsizetype maxDescription = 500;
constexpr qsizetype maxPerson = 100;
constexpr qsizetype maxMetrics = 50;

constexpr QLatin1String idField("id"), typeField("type"), nameField("name"), descriptionField("description"),
    configField("config"), createdAtField("createdAt"), updatedAtField("updatedAt"),
    createdByField("createdBy"), versionField("version"), metricsField("metrics"), periodField("period"),
    filtersField("filters");

std::optional<RecordConfig> readConfig(ObjectReader& parent, Problems& problems)
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
    config.filters = reader.object(filtersField, Presence::Optional).value_or(QJsonObject());
    reader.refuseUnknown();
    return config;
}

} // namespace

QString toString(RecordType type)
{
    return nameOf(typeNames, type);
}

std::optional<RecordType> recordTypeFromString(QStringView text)
{
    return valueOf(typeNames, text);
}

QJsonObject toJson(const RecordConfig& config)
{
    QJsonObject json;
    if (!config.metrics.isEmpty())
        json.insert(metricsField, QJsonArray::fromStringList(config.metrics));
    if (config.period)
        json.insert(periodField, toString(*config.period));
    if (!config.filters.isEmpty())
        json.insert(filtersField, config.filters);
    return json;
}

QJsonObject toJson(const Record& record)
{
    QJsonObject json{{idField, record.id},
                     {typeField, toString(record.type)},
                     {nameField, record.name},
                     {createdAtField, toIso(record.createdAt)},
                     {updatedAtField, toIso(record.updatedAt)},
                     {versionField, record.version}};
    if (record.description)
        json.insert(descriptionField, *record.description);
    if (record.config)
        json.insert(configField, toJson(*record.config));
    if (record.createdBy)
        json.insert(createdByField, *record.createdBy);
    return json;
}

QJsonObject toJson(const RecordPatch& patch)
{
    QJsonObject json;
    if (patch.version)
        json.insert(versionField, *patch.version);
    if (patch.type)
        json.insert(typeField, toString(*patch.type));
    if (patch.name)
        json.insert(nameField, *patch.name);
    if (patch.description)
        json.insert(descriptionField, *patch.description);
    if (patch.config)
        json.insert(configField, toJson(*patch.config));
    return json;
}

Result<RecordConfig> recordConfigFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(QJsonObject{{configField, json}}, problems);
    const auto config = readConfig(reader, problems);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The configuration of a record is not valid.")));
    return config.value_or(RecordConfig());
}

Result<Record> recordFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const Timestamp endOfTime = Timestamp::max();
    Record record;
    record.id = reader.text(idField, Presence::Required, maxName).value_or(QString());
    record.type = reader.choice(typeField, Presence::Required, typeNames).value_or(RecordType::Custom);
    record.name = reader.text(nameField, Presence::Required, maxName).value_or(QString());
    record.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    record.config = readConfig(reader, problems);
    record.createdAt = reader.timestamp(createdAtField, Presence::Required, endOfTime).value_or(Timestamp());
    record.updatedAt = reader.timestamp(updatedAtField, Presence::Required, endOfTime).value_or(Timestamp());
    record.createdBy = reader.text(createdByField, Presence::Optional, maxPerson);
    record.version = int(reader.number(versionField, Presence::Required, 1, 1e9).value_or(1));
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a record.")));
    return record;
}

Result<RecordDraft> recordDraftFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordDraft draft;
    draft.type = reader.choice(typeField, Presence::Required, typeNames).value_or(RecordType::Custom);
    draft.name = reader.text(nameField, Presence::Required, maxName).value_or(QString());
    draft.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    draft.config = readConfig(reader, problems);
    draft.createdBy = reader.text(createdByField, Presence::Optional, maxPerson);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The record is not valid.")));
    return draft;
}

Result<RecordPatch> recordPatchFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordPatch patch;
    if (const auto version = reader.number(versionField, Presence::Optional, 1, 1e9)) {
        patch.version = int(*version);
        if (double(*patch.version) != *version)
            reader.refuse(ErrorCode::BadFormat, versionField, QStringLiteral("must be a whole number"));
    }
    patch.type = reader.choice(typeField, Presence::Optional, typeNames);
    if (reader.has(nameField))
        patch.name = reader.text(nameField, Presence::Required, maxName);
    patch.description = reader.text(descriptionField, Presence::Optional, maxDescription);
    patch.config = readConfig(reader, problems);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The change is not valid.")));
    if (patch.isEmpty())
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The body changes nothing."),
                             {QStringLiteral("give at least one of type, name, description, config")}});
    return patch;
}

} // namespace prism::protocol
