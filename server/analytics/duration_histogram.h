#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace prism::analytics {

class ByteReader;
class ByteWriter;

/// How long things took, in milliseconds: count, sum, shortest and longest exactly, and any percentile within
/// 1 % from 1 µs to 30 years. Histograms add up. A plain value.
///
/// The buckets are log-linear: each power of two is cut into 64 equal parts, and the middle of a part is at
/// most 1/128 of a value away from it. Only buckets that hold something take memory, 16 bytes each, and there
/// are 3,200 at most. (telemetry::Histogram is about something else: a few fixed bounds, in counters that
/// another thread reads while they are counted.)
class DurationHistogram
{
public:
    /// A duration of 0 or more.
    void add(double duration);
    void merge(const DurationHistogram& other);

    /// What is here and not in `part`, which was merged in earlier. The shortest and longest stay those of
    /// all.
    DurationHistogram without(const DurationHistogram& part) const;

    qint64 count() const { return m_count; }
    double sum() const { return m_sum; }

    /// Nothing without any duration.
    std::optional<double> mean() const;
    std::optional<double> shortest() const;
    std::optional<double> longest() const;

    /// By nearest rank: about the smallest duration that at least `fraction` (above 0, up to 1) of all do not
    /// exceed.
    std::optional<double> percentile(double fraction) const;

    /// About how many were longer.
    qint64 countAbove(double limit) const;

    std::size_t bytes() const { return m_buckets.capacity() * sizeof(Bucket); }

    void write(ByteWriter& writer) const;
    static DurationHistogram read(ByteReader& reader);

    bool operator==(const DurationHistogram&) const = default;

    /// The same, but for what adding up in another order makes of the sum.
    bool agrees(const DurationHistogram& other) const;

private:
    struct Bucket
    {
        int index = 0;
        qint64 count = 0;

        bool operator==(const Bucket&) const = default;
    };

    void count(const Bucket& more);

    std::vector<Bucket> m_buckets; ///< by index
    qint64 m_count = 0;
    double m_sum = 0;
    double m_shortest = 0;
    double m_longest = 0;
};

} // namespace prism::analytics
