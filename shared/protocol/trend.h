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

/// Why nothing is said of a series of numbers.
enum class Unsaid {
    TooFewValues,
    WeekTooShort, ///< has one day of each weekday, and nothing to compare it with
    Hours,        ///< rise and fall with people's working hours
};

inline constexpr std::array<Name<Unsaid>, 3> unsaidNames{{{Unsaid::TooFewValues, "too_few_values"},
                                                          {Unsaid::WeekTooShort, "week_is_too_short"},
                                                          {Unsaid::Hours, "hours_are_not_judged"}}};

/// What is said of a series of numbers, or why nothing is.
template <typename T>
using Said = tl::expected<T, Unsaid>;

using Unknown = tl::unexpected<Unsaid>;

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

/// Where the level changed, and stayed.
struct ChangePoint
{
    Timestamp start;   ///< of the first bucket of the new level
    double before = 0; ///< mean of the buckets of the level before
    double after = 0;  ///< of those of the new one

    bool operator==(const ChangePoint&) const = default;
};

/// Where a number goes.
struct Heading
{
    Direction direction = Direction::Stable;
    double slope = 0;      ///< a bucket
    double confidence = 0; ///< 0 to 1, that it is no chance

    bool operator==(const Heading&) const = default;
};

/// How a number went, bucket by bucket.
struct Trend
{
    QList<TrendPoint> points;
    QList<std::optional<double>> smoothed; ///< one per point: trailing mean over 7 buckets with a value
    Said<Heading> heading = Unknown(Unsaid::TooFewValues);
    std::optional<double> rSquared; ///< of the least-squares line
    Said<QList<ChangePoint>> changePoints = Unknown(Unsaid::TooFewValues);
    bool estimated = false; ///< of the values that count different ones, one at least is about

    /// Nothing where nothing is said of it.
    std::optional<Direction> direction() const;

    bool operator==(const Trend&) const = default;
};

/// The answer to the question how one number went over a period.
struct TrendReport
{
    TrendMetric metric = TrendMetric::Violations;
    Period period = Period::Month;
    Trend trend = {};
    Origin origin = {};

    bool operator==(const TrendReport&) const = default;
};

/// Adds what is said of it to an answer: direction, slope and confidence, each null where nothing is, and
/// why.
void addTo(QJsonObject& json, const Said<Heading>& heading);
Said<Heading> readHeading(ObjectReader& reader);

/// Null, or the reason, under the name it has in an answer.
void addReason(QJsonObject& json, QLatin1String name, std::optional<Unsaid> reason);
/// A reason of a newer server is that there is too little.
std::optional<Unsaid> readReason(ObjectReader& reader, QLatin1String name);

QJsonObject toJson(const Trend& trend);
Trend readTrend(ObjectReader& reader);

QJsonObject toJson(const TrendReport& report);
Result<TrendReport> trendReportFromJson(const QJsonObject& json);

} // namespace prism::protocol
