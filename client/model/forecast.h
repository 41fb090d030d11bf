#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/period.h"

#include <QJsonObject>
#include <QList>

#include <optional>

namespace prism::model {

/// What to expect of one bucket to come.
struct ForecastStep
{
    std::optional<double> value;
    std::optional<double> lower80, upper80, lower95, upper95; ///< nothing where the history is too short

    bool operator==(const ForecastStep&) const = default;
};

/// What to expect of a trend, from the bucket after the running one on.
struct Forecast
{
    protocol::Period period = protocol::Period::Week; ///< of the history, whose buckets it goes on with
    QList<ForecastStep> steps;

    bool operator==(const Forecast&) const = default;

    static protocol::Result<Forecast> fromJson(const QJsonObject& json);
};

/// How many buckets ahead it makes sense to look. None for a day: its hours rise and fall with people's
/// working hours, which a straight line does not know.
int forecastSteps(protocol::Period period);

} // namespace prism::model
