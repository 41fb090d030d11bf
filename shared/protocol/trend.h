#pragma once

#include "shared/protocol/origin.h"
#include "shared/protocol/period.h"

#include <QJsonArray>
#include <QList>

namespace prism::protocol {

enum class Direction { Up, Down, Stable };

inline constexpr std::array<Name<Direction>, 3> directionNames{
    {{Direction::Up, "up"}, {Direction::Down, "down"}, {Direction::Stable, "stable"}}};

QString toString(Direction direction);

/// What a trend can be of.
enum class TrendMetric {
    Violations,
    Checks,
    Retros,
    Quality,     ///< checks with a violation ÷ checks
    Usage,       ///< distinct users
    Performance, ///< the 95th percentile of check durations, in ms
    MeanTime,    ///< of check durations, in ms
    Patterns,    ///< violations of severity WARNING
    Traps,       ///< violations of severity BLOCK
};

inline constexpr std::array<Name<TrendMetric>, 9> trendMetricNames{{{TrendMetric::Violations, "violations"},
                                                                    {TrendMetric::Checks, "checks"},
                                                                    {TrendMetric::Retros, "retros"},
                                                                    {TrendMetric::Quality, "quality"},
                                                                    {TrendMetric::Usage, "usage"},
                                                                    {TrendMetric::Performance, "performance"},
                                                                    {TrendMetric::MeanTime, "avgCheckTime"},
                                                                    {TrendMetric::Patterns, "patterns"},
                                                                    {TrendMetric::Traps, "traps"}}};

struct TrendPoint
{
    Timestamp start; ///< of the bucket
    std::optional<double> value;
    bool partial = false; ///< the bucket is still running

    bool operator==(const TrendPoint&) const = default;
};

/// A step between two neighbouring buckets.
struct ChangePoint
{
    Timestamp start; ///< of the bucket after the step
    double before = 0;
    double after = 0;

    bool operator==(const ChangePoint&) const = default;
};

/// How a number went, bucket by bucket.
struct Trend
{
    QList<TrendPoint> points;
    QList<std::optional<double>> smoothed; ///< one per point: trailing mean over 7 buckets with a value
    Direction direction = Direction::Stable;
    double slope = 0; ///< of the least-squares line, per bucket
    std::optional<double> rSquared;
    QList<ChangePoint> changePoints;
    bool estimated = false; ///< of the values that count different ones, one at least is about

    bool operator==(const Trend&) const = default;
};

/// The answer to the question how one number went over a period.
struct TrendReport
{
    TrendMetric metric = TrendMetric::Violations;
    Period period = Period::Month;
    Trend trend = {};
    double confidence = 0; ///< how well a line describes it, from 0 to 1
    Origin origin = {};

    bool operator==(const TrendReport&) const = default;
};

QJsonObject toJson(const Trend& trend);
Trend readTrend(ObjectReader& reader);

QJsonObject toJson(const TrendReport& report);
Result<TrendReport> trendReportFromJson(const QJsonObject& json);

} // namespace prism::protocol
