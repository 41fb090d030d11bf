#include "server/statistics/change_points.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace prism::statistics {

namespace {

constexpr std::size_t leastForPoints = 24;
constexpr double price = 16;       ///< of a segment; calibrated on series without any change
constexpr double leastStep = 0.1;  ///< of the larger level
constexpr double gainGrain = 1e-9; ///< gains that differ by less are equal

/// The buckets with a value.
struct Values
{
    std::vector<std::size_t> bucket;
    std::vector<double> value;
};

Values valuesOf(const Series& series)
{
    Values values;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i]) {
            values.bucket.push_back(i);
            values.value.push_back(*series[i]);
        }
    }
    return values;
}

/// Each value's rank within its season, in standard deviations from the middle.
std::vector<double> standardRanks(const Values& values, std::size_t season)
{
    std::vector<double> standard(values.value.size());
    for (std::size_t position = 0; position < season; ++position) {
        std::vector<std::size_t> members;
        std::vector<double> own;
        for (std::size_t i = 0; i < values.value.size(); ++i) {
            if (values.bucket[i] % season == position) {
                members.push_back(i);
                own.push_back(values.value[i]);
            }
        }
        const std::vector<double> ranks = midRanks(own);
        const double middle = double(ranks.size() + 1) / 2;
        double squares = 0;
        for (const double rank : ranks)
            squares += (rank - middle) * (rank - middle);
        const double deviation = squares > 0 ? std::sqrt(squares / double(ranks.size() - 1)) : 0;
        for (std::size_t i = 0; i < members.size() && deviation > 0; ++i)
            standard[members[i]] = (ranks[i] - middle) / deviation;
    }
    return standard;
}

/// The best segmentation: where the last segment of each beginning of the series starts, and what it gains.
struct Partition
{
    std::vector<double> gain;
    std::vector<std::size_t> start;
};

Partition partitionOf(const std::vector<double>& ranks, std::size_t shortest)
{
    std::vector<double> sums(ranks.size() + 1);
    for (std::size_t i = 0; i < ranks.size(); ++i)
        sums[i + 1] = sums[i] + ranks[i];
    Partition best{std::vector<double>(ranks.size() + 1, -std::numeric_limits<double>::infinity()),
                   std::vector<std::size_t>(ranks.size() + 1)};
    best.gain[0] = price;
    for (std::size_t end = shortest; end <= ranks.size(); ++end) {
        for (std::size_t start = 0; start + shortest <= end; ++start) {
            const double sum = sums[end] - sums[start];
            const double gain = best.gain[start] + sum * sum / double(end - start) - price;
            if (gain > best.gain[end] + gainGrain) {
                best.gain[end] = gain;
                best.start[end] = start;
            }
        }
    }
    return best;
}

double meanOf(const std::vector<double>& values, std::size_t from, std::size_t to)
{
    double sum = 0;
    for (std::size_t i = from; i < to; ++i)
        sum += values[i];
    return sum / double(to - from);
}

} // namespace

std::optional<ChangePoints> changePointsOf(const Series& series, std::size_t season, std::size_t shortest)
{
    const Values values = valuesOf(series);
    const std::size_t size = values.value.size();
    if (size < leastForPoints)
        return std::nullopt;
    const Partition partition = partitionOf(standardRanks(values, season), shortest);
    ChangePoints found;
    found.gain = partition.gain[size];
    for (std::size_t end = size, start = partition.start[end]; start > 0;) {
        const std::size_t earlier = partition.start[start];
        const double before = meanOf(values.value, earlier, start);
        const double after = meanOf(values.value, start, end);
        if (std::abs(after - before) >= leastStep * std::max(std::abs(before), std::abs(after)))
            found.points.push_back({values.bucket[start], before, after});
        end = start;
        start = earlier;
    }
    std::reverse(found.points.begin(), found.points.end());
    return found;
}

} // namespace prism::statistics
