#pragma once

#include "shared/protocol/trend.h"

namespace prism::protocol {

/// Which way of looking ahead was asked for. Each is answered by the line.
enum class ForecastMethod { Linear, Arima };

inline constexpr std::array<Name<ForecastMethod>, 2> forecastMethodNames{
    {{ForecastMethod::Linear, "linear"}, {ForecastMethod::Arima, "arima"}}};

/// What can be forecast.
inline constexpr std::array<Name<TrendMetric>, 3> forecastMetricNames{
    {{TrendMetric::Violations, "violations"},
     {TrendMetric::Checks, "checks"},
     {TrendMetric::MeanTime, "avgCheckTime"}}};

/// What to expect of one bucket to come. Nothing is below 0.
struct ForecastStep
{
    std::optional<double> value = {}; ///< nothing without any history
    std::optional<double> lower80 = {}, upper80 = {}, lower95 = {},
                          upper95 = {}; ///< nothing where the history is too short
    double confidence = 0;              ///< from 0 to 1

    bool operator==(const ForecastStep&) const = default;
};

/// The answer to the question what to expect of a number, from the bucket after the running one on.
struct ForecastReport
{
    Period period = Period::Month; ///< of the history, whose buckets it goes on with
    QList<ForecastStep> steps = {};
    double confidence = 0; ///< the mean of the steps'
    TrendMetric metric = TrendMetric::Violations;
    ForecastMethod method = ForecastMethod::Linear;
    Direction direction = Direction::Stable; ///< of the history
    double slope = 0;                        ///< of the history's line, per bucket
    double lineConfidence = 0;               ///< how well a line describes the history, from 0 to 1
    Origin origin = {};

    bool operator==(const ForecastReport&) const = default;
};

QJsonObject toJson(const ForecastReport& report);
Result<ForecastReport> forecastReportFromJson(const QJsonObject& json);

} // namespace prism::protocol
