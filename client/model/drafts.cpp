#include "client/model/drafts.h"

#include <QJsonDocument>

namespace prism::model {

namespace {

constexpr int formatVersion = 1;

constexpr QLatin1String versionField("version"), serverField("server"), recordField("record"),
    settingsField("settings"), baseField("base"), fieldsField("fields"), wasRemovedField("wasRemoved"),
    changesField("changes"), recordsField("records"), activityField("activity"), searchField("search"),
    groupField("group");

QJsonObject toJson(const Narrowing& narrowing)
{
    return {{searchField, narrowing.search}, {groupField, narrowing.group}};
}

Narrowing narrowingFromJson(const QJsonValue& json)
{
    return {json[searchField].toString(), json[groupField].toInt()};
}

QJsonObject toJson(const UnsavedRecord& record)
{
    QJsonObject json{{fieldsField, toJson(record.fields)}, {wasRemovedField, record.wasRemoved}};
    if (record.base)
        json.insert(baseField, QJsonDocument::fromJson(protocol::encode(*record.base)).object());
    return json;
}

std::optional<UnsavedRecord> recordFromJson(const QJsonObject& json)
{
    const std::optional<RecordFields> fields = recordFieldsFromJson(json.value(fieldsField).toObject());
    if (!fields)
        return std::nullopt;
    UnsavedRecord record{{}, *fields, json.value(wasRemovedField).toBool()};
    if (!json.contains(baseField))
        return record;
    const auto base = protocol::recordFromJson(json.value(baseField).toObject());
    if (!base)
        return std::nullopt; // saved as a new one it would be there twice
    record.base = *base;
    return record;
}

std::optional<UnsavedSettings> settingsFromJson(const QJsonObject& json)
{
    const auto base = protocol::settingsFromJson(json.value(baseField).toObject());
    const QJsonObject changes = json.value(changesField).toObject();
    if (!base || changes.isEmpty())
        return std::nullopt;
    return UnsavedSettings{*base, changes};
}

} // namespace

bool Drafts::isEmpty() const
{
    return !record && !settings && records == Narrowing() && activity == Narrowing();
}

QByteArray Drafts::encoded() const
{
    QJsonObject json{{versionField, formatVersion},
                     {serverField, server.toString()},
                     {recordsField, toJson(records)},
                     {activityField, toJson(activity)}};
    if (record)
        json.insert(recordField, toJson(*record));
    if (settings)
        json.insert(settingsField, QJsonObject{{baseField, protocol::toJson(settings->base)},
                                               {changesField, settings->changes}});
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<Drafts> Drafts::fromEncoded(const QByteArray& bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (json.value(versionField).toInt() != formatVersion)
        return std::nullopt;
    return Drafts{QUrl(json.value(serverField).toString()),
                  recordFromJson(json.value(recordField).toObject()),
                  settingsFromJson(json.value(settingsField).toObject()),
                  narrowingFromJson(json.value(recordsField)), narrowingFromJson(json.value(activityField))};
}

} // namespace prism::model
