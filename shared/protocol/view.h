#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/trend.h"

#include <QJsonObject>
#include <QStringList>

namespace prism::protocol {

/// How many buckets a forecast goes ahead at most.
inline constexpr int mostForecastSteps = 30;

/// What to expect of a number: so many buckets ahead, from 1 to mostForecastSteps.
struct Outlook
{
    TrendMetric metric = TrendMetric::Violations; ///< one of forecastMetricNames
    int steps = 1;

    bool operator==(const Outlook&) const = default;
};

/// What a client looks at, and is told of for as long as it does: the dashboard of a period, and beside it
/// how some of its numbers went, each once, and what to expect.
struct View
{
    Period period = Period::Week;
    QList<TrendMetric> trends = {};
    std::optional<Outlook> forecast = {};
    QStringList projects = {}; ///< of these alone, sorted, each once; of everything where there is none

    bool operator==(const View&) const = default;
};

QJsonObject toJson(const View& view);

/// Names every field that is wrong; those that are not known are refused, and more than `mostProjects`.
Result<View> viewFromJson(const QJsonObject& json, qsizetype mostProjects = 20);

} // namespace prism::protocol
