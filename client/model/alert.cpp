#include "client/model/alert.h"

#include "shared/protocol/names.h"

namespace prism::model {

namespace {

constexpr std::array severities{protocol::Name<AlertSeverity>{AlertSeverity::Low, "low"},
                                protocol::Name<AlertSeverity>{AlertSeverity::Medium, "medium"},
                                protocol::Name<AlertSeverity>{AlertSeverity::High, "high"}};

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
    return Alert{id,
                 json.value(QLatin1String("message")).toString(),
                 protocol::valueOf(severities, severity).value_or(AlertSeverity::Medium),
                 json.value(QLatin1String("metric")).toString(),
                 number(json.value(QLatin1String("value"))),
                 number(json.value(QLatin1String("expected"))),
                 *time};
}

} // namespace prism::model
