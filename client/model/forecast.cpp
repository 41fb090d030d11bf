#include "client/model/forecast.h"

#include <QJsonArray>

namespace prism::model {

namespace {

std::optional<double> number(const QJsonObject& json, QLatin1String name)
{
    const QJsonValue value = json.value(name);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

} // namespace

protocol::Result<Forecast> Forecast::fromJson(const QJsonObject& json)
{
    const auto period = protocol::periodFromString(json.value(QLatin1String("historicalPeriod")).toString());
    const QJsonValue steps = json.value(QLatin1String("forecast"));
    if (!period || !steps.isArray())
        return protocol::Failure(
            protocol::Error{protocol::ErrorCode::BadFormat, QStringLiteral("no forecast"), {}});
    Forecast forecast{*period, {}};
    const QJsonArray list = steps.toArray();
    for (const auto& item : list) {
        const QJsonObject step = item.toObject();
        forecast.steps.append({number(step, QLatin1String("value")), number(step, QLatin1String("lower80")),
                               number(step, QLatin1String("upper80")), number(step, QLatin1String("lower95")),
                               number(step, QLatin1String("upper95"))});
    }
    return forecast;
}

int forecastSteps(protocol::Period period)
{
    switch (period) {
    case protocol::Period::Today:
        return 0;
    case protocol::Period::Week:
    case protocol::Period::All:
        return 3;
    case protocol::Period::Month:
        return 7;
    case protocol::Period::Year:
        return 8;
    }
    return 0;
}

} // namespace prism::model
