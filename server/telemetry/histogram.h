#pragma once

#include "server/telemetry/counter.h"

#include <array>
#include <span>
#include <vector>

namespace prism::telemetry {

/// The upper bounds of a histogram's buckets, rising, as whole numbers. Beyond the last bound lies one more
/// bucket. What is shown is divided by `perUnit`: a thousand million for nanoseconds that are shown as
/// seconds.
struct Buckets
{
    std::span<const quint64> bounds;
    double perUnit = 1;
};

/// From 50 microseconds to 30 seconds, in nanoseconds, shown in seconds.
Buckets durationBuckets();

/// From 1 to 65,536, in powers of two.
Buckets sizeBuckets();

/// What a histogram held at one moment, or several of the same buckets together.
struct HistogramValues
{
    Buckets buckets;
    std::vector<quint64> counts; ///< per bucket, not summed up; one more than there are bounds
    quint64 sum = 0;             ///< before the division

    quint64 count() const;

    /// The mean in units; 0 when nothing was observed.
    double mean() const;

    /// Estimates the quantile `q` (0 to 1) in units, as Prometheus' histogram_quantile() does: evenly spread
    /// within its bucket; the last bound when it lies beyond that; 0 when nothing was observed.
    double quantile(double q) const;

    /// Adds another with the same buckets.
    void merge(const HistogramValues& other);
};

/// Counts observations by size. One thread observes, any thread reads. Does not allocate.
class Histogram
{
public:
    /// What `buckets` points to outlives the histogram; it has mostBounds bounds at most.
    explicit Histogram(const Buckets& buckets)
        : m_buckets(buckets)
    {
    }

    void observe(quint64 value);
    HistogramValues values() const;

    static constexpr std::size_t mostBounds = 20;

private:
    const Buckets m_buckets;
    std::array<Counter, mostBounds + 1> m_counts;
    Counter m_sum;
};

} // namespace prism::telemetry
