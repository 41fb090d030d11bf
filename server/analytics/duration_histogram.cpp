#include "server/analytics/duration_histogram.h"

#include "server/analytics/byte_codec.h"
#include "server/analytics/figures.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace prism::analytics {

namespace {

constexpr int partBits = 6;
constexpr int mantissaBits = 52;
constexpr int dropped = mantissaBits - partBits;

/// From a microsecond to 30 years. What is shorter or longer counts in the first or last bucket.
constexpr double least = 0x1p-10;
constexpr double most = 0x1p40;

constexpr int firstIndex = int(std::bit_cast<quint64>(least) >> dropped);
constexpr quint64 lastBucket = (std::bit_cast<quint64>(most) >> dropped) - firstIndex + 1;

/// The highest bits of a positive double rise with it, and cut each power of two into equal parts. Index 0 is
/// for all that is shorter than `least`.
int indexOf(double duration)
{
    if (!(duration >= least))
        return 0;
    return int(std::bit_cast<quint64>(std::min(duration, most)) >> dropped) - firstIndex + 1;
}

double lowerBound(int index)
{
    return std::bit_cast<double>(quint64(index + firstIndex - 1) << dropped);
}

double middleOf(int index)
{
    return index == 0 ? 0 : (lowerBound(index) + lowerBound(index + 1)) / 2;
}

} // namespace

void DurationHistogram::add(double duration)
{
    m_shortest = m_count == 0 ? duration : std::min(m_shortest, duration);
    m_longest = m_count == 0 ? duration : std::max(m_longest, duration);
    m_sum += duration;
    ++m_count;
    count({indexOf(duration), 1});
}

void DurationHistogram::count(const Bucket& more)
{
    const auto bucket = std::lower_bound(m_buckets.begin(), m_buckets.end(), more.index,
                                         [](const Bucket& each, int wanted) { return each.index < wanted; });
    if (bucket != m_buckets.end() && bucket->index == more.index)
        bucket->count += more.count;
    else
        m_buckets.insert(bucket, more);
}

void DurationHistogram::merge(const DurationHistogram& other)
{
    if (other.m_count == 0)
        return;
    m_shortest = m_count == 0 ? other.m_shortest : std::min(m_shortest, other.m_shortest);
    m_longest = m_count == 0 ? other.m_longest : std::max(m_longest, other.m_longest);
    m_sum += other.m_sum;
    m_count += other.m_count;
    constexpr std::size_t fewer = 16;
    if (other.m_buckets.size() * fewer < m_buckets.size()) {
        for (const Bucket& bucket : other.m_buckets)
            count(bucket);
        return;
    }
    std::vector<Bucket> merged;
    merged.reserve(m_buckets.size() + other.m_buckets.size());
    auto mine = m_buckets.cbegin();
    auto theirs = other.m_buckets.cbegin();
    while (mine != m_buckets.cend() && theirs != other.m_buckets.cend()) {
        if (mine->index == theirs->index)
            merged.push_back({mine->index, mine++->count + theirs++->count});
        else
            merged.push_back(mine->index < theirs->index ? *mine++ : *theirs++);
    }
    merged.insert(merged.end(), mine, m_buckets.cend());
    merged.insert(merged.end(), theirs, other.m_buckets.cend());
    m_buckets = std::move(merged);
}

DurationHistogram DurationHistogram::without(const DurationHistogram& part) const
{
    DurationHistogram rest;
    rest.m_count = m_count - part.m_count;
    if (rest.m_count <= 0)
        return {};
    rest.m_sum = m_sum - part.m_sum;
    rest.m_shortest = m_shortest;
    rest.m_longest = m_longest;
    auto taken = part.m_buckets.cbegin();
    for (const Bucket& bucket : m_buckets) {
        while (taken != part.m_buckets.cend() && taken->index < bucket.index)
            ++taken;
        const bool shared = taken != part.m_buckets.cend() && taken->index == bucket.index;
        const qint64 count = bucket.count - (shared ? taken->count : 0);
        if (count > 0)
            rest.m_buckets.push_back({bucket.index, count});
    }
    return rest;
}

std::optional<double> DurationHistogram::mean() const
{
    return m_count > 0 ? std::optional(m_sum / double(m_count)) : std::nullopt;
}

std::optional<double> DurationHistogram::shortest() const
{
    return m_count > 0 ? std::optional(m_shortest) : std::nullopt;
}

std::optional<double> DurationHistogram::longest() const
{
    return m_count > 0 ? std::optional(m_longest) : std::nullopt;
}

std::optional<double> DurationHistogram::percentile(double fraction) const
{
    if (m_count == 0)
        return std::nullopt;
    const auto rank = std::clamp(qint64(std::ceil(fraction * double(m_count))), qint64(1), m_count);
    qint64 below = 0;
    for (const Bucket& bucket : m_buckets) {
        below += bucket.count;
        if (below >= rank)
            return std::clamp(middleOf(bucket.index), m_shortest, m_longest);
    }
    return m_longest;
}

qint64 DurationHistogram::countAbove(double limit) const
{
    if (m_count == 0 || m_longest <= limit)
        return 0;
    const int last = indexOf(limit);
    qint64 count = 0;
    for (const Bucket& bucket : m_buckets)
        count += bucket.index > last ? bucket.count : 0;
    return count;
}

void DurationHistogram::write(ByteWriter& writer) const
{
    writer.number(m_buckets.size());
    if (m_buckets.empty())
        return;
    writer.real(m_sum);
    writer.real(m_shortest);
    writer.real(m_longest);
    int previous = -1;
    for (const Bucket& bucket : m_buckets) {
        writer.number(quint64(bucket.index - previous - 1));
        writer.number(quint64(bucket.count));
        previous = bucket.index;
    }
}

DurationHistogram DurationHistogram::read(ByteReader& reader)
{
    constexpr qint64 mostCount = qint64(1) << 53;
    DurationHistogram histogram;
    const std::size_t buckets = reader.count(2);
    if (buckets == 0)
        return histogram;
    histogram.m_sum = reader.real();
    histogram.m_shortest = reader.real();
    histogram.m_longest = reader.real();
    histogram.m_buckets.reserve(buckets);
    quint64 next = 0;
    for (std::size_t i = 0; i < buckets && reader.isGood(); ++i) {
        const quint64 gap = reader.number();
        const quint64 count = reader.number();
        next += std::min(gap, lastBucket + 1);
        if (next > lastBucket || count == 0 || count > quint64(mostCount))
            reader.refuse();
        histogram.m_buckets.push_back({int(next), qint64(count)});
        histogram.m_count += qint64(std::min(count, quint64(mostCount)));
        ++next;
    }
    const bool isOrdered = histogram.m_shortest >= 0 && histogram.m_shortest <= histogram.m_longest &&
                           std::isfinite(histogram.m_longest) && std::isfinite(histogram.m_sum);
    if (!isOrdered)
        reader.refuse();
    return reader.isGood() ? histogram : DurationHistogram();
}

bool DurationHistogram::agrees(const DurationHistogram& other) const
{
    DurationHistogram same = other;
    if (agreeAsSums(m_sum, other.m_sum))
        same.m_sum = m_sum;
    return *this == same;
}

} // namespace prism::analytics
