#pragma once

#include "server/statistics/series.h"

namespace prism::statistics {

enum class BucketLength { Hour, Day, Week, Month };

/// A bucket that has not been yet: the median, and what 80 and 95 of 100 lie within.
struct ForecastBand
{
    double value = 0;
    double lower80 = 0;
    double upper80 = 0;
    double lower95 = 0;
    double upper95 = 0;
    double confidence = 0; ///< 0 to 1; never more for a later bucket
};

/// The level and the season of the past, the recent weighing more: exponential smoothing with additive
/// errors, no trend and an additive season (Hyndman et al., Forecasting with Exponential Smoothing, 2008,
/// chapter 6), on the square roots of counts and the logarithms of times.
class SeasonalForecast
{
public:
    enum class Scale { Count, Time };

    /// More buckets than this of the past are not read.
    static std::size_t longestHistory(BucketLength length);

    /// Nothing with fewer than 10 values, or 72 hours.
    static std::optional<SeasonalForecast> fit(const Series& history, BucketLength length, Scale scale);

    /// The bucket that is `ahead` (1 or more) buckets behind the last of the history.
    ForecastBand at(std::size_t ahead) const;

    std::size_t season() const { return m_season.size(); }
    double level() const { return m_level; }         ///< on the scale
    double deviation() const { return m_deviation; } ///< of one step, on the scale

private:
    SeasonalForecast(Scale scale, std::size_t season, BucketLength length);

    void start(const Series& history);
    void learn(const Series& history);
    double scaled(double value) const;
    double putBack(double value) const;

    Scale m_scale;
    double m_levelWeight;
    double m_seasonWeight;
    double m_level = 0;
    std::vector<double> m_season;
    double m_deviation = 0;
    std::size_t m_buckets = 0;
};

} // namespace prism::statistics
