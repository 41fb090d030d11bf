#include "client/model/alert.h"

#include "shared/protocol/names.h"

namespace prism::model {

namespace {

constexpr std::array severities{protocol::Name<AlertSeverity>{AlertSeverity::Low, "low"},
                                protocol::Name<AlertSeverity>{AlertSeverity::Medium, "medium"},
                                protocol::Name<AlertSeverity>{AlertSeverity::High, "high"}};

constexpr std::array kinds{
    protocol::Name<AlertKind>{AlertKind::ViolationSpike, "violation_spike"},
    protocol::Name<AlertKind>{AlertKind::PerformanceDegradation, "performance_degradation"},
    protocol::Name<AlertKind>{AlertKind::UsageDrop, "usage_drop"},
    protocol::Name<AlertKind>{AlertKind::QualityDrop, "quality_drop"}};

std::optional<double> number(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

} // namespace

std::optional<Alert> Alert::fromJson(const QJsonObject& json)
{
    const QString id = json.value(QLatin1String("id")).toString();
    const auto time = protocol::fromIso(json.value(QLatin1String("timestamp")).toString());
    if (id.isEmpty() || !time)
        return std::nullopt;
    const QString severity = json.value(QLatin1String("severity")).toString();
    const QString kind = json.value(QLatin1String("kind")).toString();
    return Alert{id,
                 protocol::valueOf(kinds, kind).value_or(AlertKind::Other),
                 json.value(QLatin1String("message")).toString(),
                 protocol::valueOf(severities, severity).value_or(AlertSeverity::Medium),
                 json.value(QLatin1String("metric")).toString(),
                 number(json.value(QLatin1String("value"))),
                 number(json.value(QLatin1String("expected"))),
                 *time,
                 protocol::fromIso(json.value(QLatin1String("acknowledgedAt")).toString()),
                 json.value(QLatin1String("acknowledgedBy")).toString()};
}

QJsonObject Alert::toJson() const
{
    QJsonObject json{{QLatin1String("id"), id},
                     {QLatin1String("message"), message},
                     {QLatin1String("severity"), protocol::nameOf(severities, severity)},
                     {QLatin1String("metric"), metric},
                     {QLatin1String("timestamp"), protocol::toIso(time)}};
    if (kind != AlertKind::Other)
        json.insert(QLatin1String("kind"), protocol::nameOf(kinds, kind));
    if (value)
        json.insert(QLatin1String("value"), *value);
    if (expected)
        json.insert(QLatin1String("expected"), *expected);
    if (acknowledgedAt) {
        json.insert(QLatin1String("acknowledgedAt"), protocol::toIso(*acknowledgedAt));
        json.insert(QLatin1String("acknowledgedBy"), acknowledgedBy);
    }
    return json;
}

} // namespace prism::model
