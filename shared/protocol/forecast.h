#pragma once

#include "shared/protocol/trend.h"

namespace prism::protocol {

/// Which way of looking ahead was asked for.
enum class ForecastMethod { Seasonal, Linear, Arima };

inline constexpr std::array<Name<ForecastMethod>, 3> forecastMethodNames{
    {{ForecastMethod::Seasonal, "seasonal"},
     {ForecastMethod::Linear, "linear"},
     {ForecastMethod::Arima, "arima"}}};

/// Which of them answers that.
ForecastMethod answering(ForecastMethod asked);

/// What can be forecast.
inline constexpr std::array<Name<TrendMetric>, 3> forecastMetricNames{
    {{TrendMetric::Violations, "violations"},
     {TrendMetric::Checks, "checks"},
     {TrendMetric::MeanTime, "avgCheckTime"}}};

/// What to expect of one bucket to come. Nothing is below 0.
struct ForecastStep
{
    std::optional<double> value = {}; ///< nothing where too little is known, like the rest
    std::optional<double> lower80 = {}, upper80 = {}, lower95 = {}, upper95 = {};
    double confidence = 0; ///< from 0 to 1; never more for a later step

    bool operator==(const ForecastStep&) const = default;
};

/// The answer to the question what to expect of a number, from the bucket after the running one on.
struct ForecastReport
{
    Period period = Period::Month; ///< of the history, whose buckets it goes on with
    QList<ForecastStep> steps = {};
    std::optional<Unsaid> reason = {}; ///< why nothing is expected
    double confidence = 0;             ///< the mean of the steps'
    TrendMetric metric = TrendMetric::Violations;
    ForecastMethod method = ForecastMethod::Seasonal;
    Said<Heading> heading = Unknown(Unsaid::TooFewValues); ///< of the period
    Origin origin = {};

    bool operator==(const ForecastReport&) const = default;
};

QJsonObject toJson(const ForecastReport& report);
Result<ForecastReport> forecastReportFromJson(const QJsonObject& json);

} // namespace prism::protocol
