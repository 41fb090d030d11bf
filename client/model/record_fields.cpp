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

QJsonObject configOf(const RecordFields& fields)
{
    QJsonObject config;
    if (!fields.metrics.isEmpty())
        config.insert(metricsKey, QJsonArray::fromStringList(fields.metrics));
    if (fields.period)
        config.insert(periodKey, protocol::toString(*fields.period));
    if (!fields.filters.isEmpty())
        config.insert(filtersKey, fields.filters);
    return config;
}

} // namespace

RecordFields RecordFields::of(const protocol::Record& record)
{
    const protocol::RecordConfig config = record.config.value_or(protocol::RecordConfig());
    return {record.name,    record.type,   record.description.value_or(QString()),
            config.metrics, config.period, config.filters};
}

bool RecordFields::isEqual(RecordField field, const RecordFields& other) const
{
    return withMember(field, [&](auto member) { return this->*member == other.*member; });
}

void RecordFields::take(RecordField field, const RecordFields& from)
{
    withMember(field, [&](auto member) { this->*member = from.*member; });
}

QJsonObject RecordFields::toJson() const
{
    QJsonObject json{{typeKey, QString(protocol::toString(type))}, {nameKey, name}};
    if (!description.isEmpty())
        json.insert(descriptionKey, description);
    if (const QJsonObject config = configOf(*this); !config.isEmpty())
        json.insert(configKey, config);
    return json;
}

QJsonObject RecordFields::changesSince(const RecordFields& before) const
{
    QJsonObject changes;
    if (name != before.name)
        changes.insert(nameKey, name);
    if (type != before.type)
        changes.insert(typeKey, QString(protocol::toString(type)));
    if (description != before.description)
        changes.insert(descriptionKey, description);
    if (metrics != before.metrics || period != before.period || filters != before.filters)
        changes.insert(configKey, configOf(*this));
    return changes;
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
