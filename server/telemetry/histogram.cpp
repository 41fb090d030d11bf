#include "server/telemetry/histogram.h"

#include <algorithm>
#include <numeric>

namespace prism::telemetry {

namespace {

constexpr quint64 microsecond = 1000;
constexpr quint64 millisecond = 1000 * microsecond;
constexpr quint64 second = 1000 * millisecond;

constexpr std::array<quint64, 18> durations{
    50 * microsecond,   100 * microsecond, 250 * microsecond, 500 * microsecond, 1 * millisecond,
    2500 * microsecond, 5 * millisecond,   10 * millisecond,  25 * millisecond,  50 * millisecond,
    100 * millisecond,  250 * millisecond, 500 * millisecond, 1 * second,        2500 * millisecond,
    5 * second,         10 * second,       30 * second};

constexpr std::array<quint64, 17> sizes{1,   2,    4,    8,    16,   32,    64,    128,  256,
                                        512, 1024, 2048, 4096, 8192, 16384, 32768, 65536};

static_assert(durations.size() <= Histogram::mostBounds && sizes.size() <= Histogram::mostBounds);

} // namespace

Buckets durationBuckets()
{
    return {durations, 1e9};
}

Buckets sizeBuckets()
{
    return {sizes, 1};
}

quint64 HistogramValues::count() const
{
    return std::accumulate(counts.begin(), counts.end(), quint64(0));
}

double HistogramValues::mean() const
{
    const quint64 all = count();
    return all == 0 ? 0 : double(sum) / buckets.perUnit / double(all);
}

double HistogramValues::quantile(double q) const
{
    const quint64 all = count();
    if (all == 0)
        return 0;
    const double rank = q * double(all);
    double below = 0;
    for (std::size_t i = 0; i < buckets.bounds.size(); ++i) {
        const auto here = double(counts[i]);
        if (here > 0 && below + here >= rank) {
            const double lower = i == 0 ? 0 : double(buckets.bounds[i - 1]);
            const auto upper = double(buckets.bounds[i]);
            return (lower + (upper - lower) * (rank - below) / here) / buckets.perUnit;
        }
        below += here;
    }
    return double(buckets.bounds.back()) / buckets.perUnit;
}

void HistogramValues::merge(const HistogramValues& other)
{
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] += other.counts[i];
    sum += other.sum;
}

void Histogram::observe(quint64 value)
{
    const auto bucket = std::lower_bound(m_buckets.bounds.begin(), m_buckets.bounds.end(), value);
    m_counts[std::size_t(bucket - m_buckets.bounds.begin())].add();
    m_sum.add(value);
}

HistogramValues Histogram::values() const
{
    HistogramValues values{m_buckets, {}, m_sum.value()};
    for (std::size_t i = 0; i <= m_buckets.bounds.size(); ++i)
        values.counts.push_back(m_counts[i].value());
    return values;
}

} // namespace prism::telemetry
