#include "client/model/forecast.h"

#include "shared/protocol/json_reader.h"

namespace prism::model {

using protocol::numberOf;

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
        forecast.steps.append(
            {numberOf(step[QLatin1String("value")]), numberOf(step[QLatin1String("lower80")]),
             numberOf(step[QLatin1String("upper80")]), numberOf(step[QLatin1String("lower95")]),
             numberOf(step[QLatin1String("upper95")])});
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
