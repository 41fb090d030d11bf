#pragma once

#include "server/statistics/series.h"

namespace prism::statistics {

/// A bucket with which the level changed.
struct ChangePoint
{
    std::size_t first = 0; ///< of the new level
    double before = 0;     ///< mean of the buckets since the point before
    double after = 0;      ///< mean of the buckets up to the next point
};

struct ChangePoints
{
    double gain = 0; ///< what the segments explain beyond one, less the price of each
    std::vector<ChangePoint> points;
};

/// Where the level changed for at least `shortest` buckets and by at least 10 %: the segments that explain
/// most of the ranks within their season (Kruskal and Wallis, JASA 47, 1952), each at a price, by optimal
/// partitioning (Jackson et al., IEEE Signal Processing Letters 12, 2005). Nothing for fewer than 24 values.
/// Costs the square of the series' length.
std::optional<ChangePoints> changePointsOf(const Series& series, std::size_t season, std::size_t shortest);

} // namespace prism::statistics
