#include "server/analytics/distinct_set.h"

#include "server/analytics/byte_codec.h"
#include "server/analytics/stable_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace prism::analytics {

namespace {

constexpr int precision = 14;
constexpr std::size_t registers = std::size_t(1) << precision;
constexpr int ranks = 64 - precision; ///< a register holds up to this + 1

/// Σ x^(2^k) · 2^(k−1), see below.
double sigma(double x)
{
    if (x >= 1)
        return std::numeric_limits<double>::infinity();
    double weight = 1;
    double sum = x;
    for (double before = -1; sum != before;) {
        x *= x;
        before = sum;
        sum += x * weight;
        weight += weight;
    }
    return sum;
}

/// (1 − x − Σ (1 − x^(2^−k))² · 2^−k) ÷ 3
double tau(double x)
{
    if (x <= 0 || x >= 1)
        return 0;
    double weight = 1;
    double sum = 1 - x;
    for (double before = -1; sum != before;) {
        x = std::sqrt(x);
        before = sum;
        weight /= 2;
        sum -= (1 - x) * (1 - x) * weight;
    }
    return sum / 3;
}

/// Algorithm 6 of Otmar Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017: without
/// bias for small numbers as for large ones.
double estimateOf(const std::vector<quint8>& values)
{
    constexpr double alpha = 0.7213475204444817; // 1 ÷ (2 ln 2)
    constexpr auto m = double(registers);
    std::array<int, ranks + 2> histogram{};
    for (const quint8 value : values)
        ++histogram[value];
    double z = m * tau(1 - double(histogram[ranks + 1]) / m);
    for (int rank = ranks; rank >= 1; --rank)
        z = (z + double(histogram[std::size_t(rank)])) / 2;
    z += m * sigma(double(histogram[0]) / m);
    return alpha * m * m / z;
}

} // namespace

void DistinctSet::add(const QString& text)
{
    if (!text.isEmpty())
        addHash(stableHash(text.toUtf8()));
}

void DistinctSet::addHash(quint64 hash)
{
    if (isEstimated())
        return note(hash);
    const auto place = std::lower_bound(m_hashes.begin(), m_hashes.end(), hash);
    if (place != m_hashes.end() && *place == hash)
        return;
    m_hashes.insert(place, hash);
    if (m_hashes.size() > mostExact)
        estimate();
}

void DistinctSet::merge(const DistinctSet& other)
{
    // A few are looked up one by one, and are mostly there.
    constexpr std::size_t fewer = 16;
    if (!other.isEstimated() && other.m_hashes.size() * fewer < m_hashes.size()) {
        for (const quint64 hash : other.m_hashes)
            addHash(hash);
        return;
    }
    if (!isEstimated() && !other.isEstimated()) {
        std::vector<quint64> both;
        both.reserve(m_hashes.size() + other.m_hashes.size());
        std::set_union(m_hashes.begin(), m_hashes.end(), other.m_hashes.begin(), other.m_hashes.end(),
                       std::back_inserter(both));
        m_hashes = std::move(both);
        if (m_hashes.size() > mostExact)
            estimate();
        return;
    }
    estimate();
    for (const quint64 hash : other.m_hashes)
        note(hash);
    for (std::size_t i = 0; i < other.m_registers.size(); ++i)
        m_registers[i] = std::max(m_registers[i], other.m_registers[i]);
}

void DistinctSet::estimate()
{
    if (isEstimated())
        return;
    m_registers.resize(registers);
    for (const quint64 hash : std::exchange(m_hashes, {}))
        note(hash);
}

void DistinctSet::note(quint64 hash)
{
    quint8& value = m_registers[hash >> ranks];
    const int rank = std::min(std::countl_zero(hash << precision), ranks) + 1;
    value = std::max(value, quint8(rank));
}

qint64 DistinctSet::count() const
{
    return isEstimated() ? std::llround(estimateOf(m_registers)) : qint64(m_hashes.size());
}

void DistinctSet::write(ByteWriter& writer) const
{
    writer.number(isEstimated() ? 1 : 0);
    if (isEstimated())
        return writer.raw(m_registers.data(), qsizetype(m_registers.size()));
    writer.number(m_hashes.size());
    writer.words(m_hashes.data(), m_hashes.size());
}

DistinctSet DistinctSet::read(ByteReader& reader)
{
    DistinctSet set;
    if (const quint64 kind = reader.number(); kind == 1) {
        const QByteArrayView values = reader.raw(registers);
        set.m_registers.assign(values.begin(), values.end());
        if (std::any_of(set.m_registers.begin(), set.m_registers.end(),
                        [](quint8 value) { return value > ranks + 1; }))
            reader.refuse();
    } else if (kind == 0) {
        set.m_hashes.resize(reader.count(sizeof(quint64)));
        reader.words(set.m_hashes.data(), set.m_hashes.size());
        const bool rises = std::adjacent_find(set.m_hashes.begin(), set.m_hashes.end(),
                                              std::greater_equal<>()) == set.m_hashes.end();
        if (set.m_hashes.size() > mostExact || !rises)
            reader.refuse();
    } else {
        reader.refuse();
    }
    return reader.isGood() ? set : DistinctSet();
}

} // namespace prism::analytics
