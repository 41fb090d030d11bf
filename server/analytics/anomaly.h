#pragma once

#include "shared/protocol/settings.h"

#include <vector>

namespace prism::analytics {

/// A number that is out of the ordinary.
struct Anomaly
{
    protocol::AlertKind kind = protocol::AlertKind::ViolationSpike;
    protocol::AlertSeverity severity = protocol::AlertSeverity::Medium;
    QLatin1String metric;
    double value = 0;
    double expected = 0; ///< the median, or the limit where too little is known for one
    QString message;     ///< in English

    bool operator==(const Anomaly&) const = default;
};

/// The mean of the two in the middle when their number is even; `values` has one at least.
double median(std::vector<double> values);

/// Median absolute deviation from `center`: how far off the half is that is off least.
double medianDeviation(const std::vector<double>& values, double center);

/// How far `value` is from the median of `history` (one value at least) in robust standard deviations:
/// 0.6745 (value - median) / MAD, the modified z-score of Iglewicz and Hoaglin, How to Detect and Handle
/// Outliers, ASQC 1993; 0.6745 is the upper quartile of the normal distribution. The MAD is taken as
/// `leastDeviation` where it is smaller. Infinite for a value above where nothing deviates.
double robustScore(double value, const std::vector<double>& history, double leastDeviation);

/// A median absolute deviation is no smaller: 1 for counts, 5 % of the median for times and rates. Else a
/// quiet history would call everything a spike.
inline constexpr double leastDeviationOfCounts = 1;
inline constexpr double leastDeviationShare = 0.05;

/// Fewer points of history say nothing of what is usual in an hour, or on a day.
inline constexpr std::size_t leastPoints = 10;

/// The same of one weekday, which has four in 28 days.
inline constexpr std::size_t leastWeekdays = 3;

/// Fewer people do not make a habit.
inline constexpr double leastUsers = 5;

/// Fewer checks with violations beyond what is usual are chance.
inline constexpr double leastMoreChecks = 5;

/// An hour's violations against those of the same hours of the days before.
std::optional<Anomaly> violationSpike(qint64 violations, const std::vector<double>& history,
                                      const protocol::AlertSettings& settings);

/// An hour's 95th percentile of check durations, in ms, against a limit, and against those of the hours
/// before.
std::optional<Anomaly> performanceDegradation(double p95, const std::vector<double>& history,
                                              const protocol::AlertSettings& settings);

/// A whole day's distinct users against those of the same weekday in the weeks before.
std::optional<Anomaly> usageDrop(qint64 users, const std::vector<double>& history,
                                 const protocol::AlertSettings& settings);

/// A day's share of checks with violations against those of the days before.
std::optional<Anomaly> qualityDrop(qint64 checksWithViolations, qint64 checks,
                                   const std::vector<double>& history,
                                   const protocol::AlertSettings& settings);

} // namespace prism::analytics
