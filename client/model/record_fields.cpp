#include "client/model/record_fields.h"

#include <QJsonArray>

namespace prism::model {

namespace {

constexpr QLatin1String nameKey("name"), typeKey("type"), descriptionKey("description"), configKey("config"),
    metricsKey("metrics"), periodKey("period"), filtersKey("filters");

/// Calls `visit` with the member that holds the field.
template <typename Visit>
auto withMember(RecordField field, const Visit& visit)
{
    switch (field) {
    case RecordField::Type:
        return visit(&RecordFields::type);
    case RecordField::Description:
        return visit(&RecordFields::description);
    case RecordField::Metrics:
        return visit(&RecordFields::metrics);
    case RecordField::Period:
        return visit(&RecordFields::period);
    case RecordField::Filters:
        return visit(&RecordFields::filters);
    case RecordField::Name:
        break;
    }
    return visit(&RecordFields::name);
}

protocol::RecordConfig configOf(const RecordFields& fields)
{
    return {fields.metrics, fields.period, protocol::ObjectText(fields.filters)};
}

} // namespace

RecordFields RecordFields::of(const protocol::Record& record)
{
    const protocol::RecordConfig config = record.config.value_or(protocol::RecordConfig());
    return {record.name,    record.type,   record.description.value_or(QString()),
            config.metrics, config.period, config.filters.object()};
}

bool RecordFields::isEqual(RecordField field, const RecordFields& other) const
{
    return withMember(field, [&](auto member) { return this->*member == other.*member; });
}

void RecordFields::take(RecordField field, const RecordFields& from)
{
    withMember(field, [&](auto member) { this->*member = from.*member; });
}

protocol::RecordDraft RecordFields::draft() const
{
    protocol::RecordDraft draft;
    draft.type = type;
    draft.name = name;
    if (!description.isEmpty())
        draft.description = description;
    if (const protocol::RecordConfig config = configOf(*this); config != protocol::RecordConfig())
        draft.config = config;
    return draft;
}

protocol::RecordPatch RecordFields::changesSince(const RecordFields& before) const
{
    protocol::RecordPatch patch;
    if (name != before.name)
        patch.name = name;
    if (type != before.type)
        patch.type = type;
    if (description != before.description)
        patch.description = description;
    if (configOf(*this) != configOf(before))
        patch.config = configOf(*this);
    return patch;
}

QJsonObject toJson(const RecordFields& fields)
{
    QJsonObject json{{nameKey, fields.name},
                     {typeKey, protocol::toString(fields.type)},
                     {descriptionKey, fields.description},
                     {metricsKey, QJsonArray::fromStringList(fields.metrics)},
                     {filtersKey, fields.filters}};
    if (fields.period)
        json.insert(periodKey, QString(protocol::toString(*fields.period)));
    return json;
}

std::optional<RecordFields> recordFieldsFromJson(const QJsonObject& json)
{
    const auto type = protocol::recordTypeFromString(json.value(typeKey).toString());
    if (!type)
        return std::nullopt;
    RecordFields fields;
    fields.name = json.value(nameKey).toString();
    fields.type = *type;
    fields.description = json.value(descriptionKey).toString();
    fields.metrics = json.value(metricsKey).toVariant().toStringList();
    fields.period = protocol::periodFromString(json.value(periodKey).toString());
    fields.filters = json.value(filtersKey).toObject();
    return fields;
}

std::optional<RecordField> recordFieldOf(const QString& detail)
{
    const QString path = detail.section(QLatin1Char(':'), 0, 0);
    const QString inConfig = QString(configKey) + QLatin1Char('.');
    if (path == nameKey)
        return RecordField::Name;
    if (path == typeKey)
        return RecordField::Type;
    if (path == descriptionKey)
        return RecordField::Description;
    if (path.startsWith(inConfig + metricsKey))
        return RecordField::Metrics;
    if (path.startsWith(inConfig + periodKey))
        return RecordField::Period;
    if (path.startsWith(inConfig + filtersKey))
        return RecordField::Filters;
    return std::nullopt;
}

} // namespace prism::model
