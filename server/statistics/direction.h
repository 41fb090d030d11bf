#pragma once

#include "server/statistics/series.h"

namespace prism::statistics {

/// Where a series goes, by the seasonal Kendall test (Hirsch, Slack and Smith, Water Resources Research 18,
/// 1982) and Sen's slope (JASA 63, 1968), with the sample's effective size (Yue and Wang, Water Resources
/// Management 18, 2004). Mondays are compared with Mondays.
struct Direction
{
    double concordance = 0; ///< S: pairs that rise less pairs that fall
    double variance = 0;    ///< of S without any trend
    double slope = 0;       ///< a bucket
    double correlation = 0; ///< of neighbouring residuals
    double score = 0;
    double confidence = 0; ///< 0 to 1, that it is no chance
    int sign = 0;          ///< 1 rising, -1 falling, 0 neither beyond chance and 10 % of the mean
};

/// Values are compared with those a whole number of `season`s (1 or more buckets) away. Nothing with fewer
/// values than three seasons, or than ten where the season is one.
std::optional<Direction> directionOf(const Series& series, std::size_t season);

} // namespace prism::statistics
