#include "client/model/alert.h"

#include "shared/protocol/json_reader.h"

namespace prism::model {

using protocol::AlertSeverity;
using protocol::numberOf;

namespace {

constexpr std::array kinds{
    protocol::Name<AlertKind>{AlertKind::ViolationSpike, "violation_spike"},
    protocol::Name<AlertKind>{AlertKind::PerformanceDegradation, "performance_degradation"},
    protocol::Name<AlertKind>{AlertKind::UsageDrop, "usage_drop"},
    protocol::Name<AlertKind>{AlertKind::QualityDrop, "quality_drop"}};

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
                 protocol::valueOf(protocol::alertSeverityNames, severity).value_or(AlertSeverity::Medium),
                 json.value(QLatin1String("metric")).toString(),
                 numberOf(json.value(QLatin1String("value"))),
                 numberOf(json.value(QLatin1String("expected"))),
                 *time,
                 protocol::fromIso(json.value(QLatin1String("acknowledgedAt")).toString()),
                 json.value(QLatin1String("acknowledgedBy")).toString()};
}

QJsonObject Alert::toJson() const
{
    QJsonObject json{{QLatin1String("id"), id},
                     {QLatin1String("message"), message},
                     {QLatin1String("severity"), protocol::nameOf(protocol::alertSeverityNames, severity)},
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
