#pragma once

#include <QString>

#include <vector>

namespace prism::analytics {

class ByteReader;
class ByteWriter;

/// How many different texts there are, without keeping them: exactly up to 10,000, beyond that about, within
/// 2 % (HyperLogLog with 2^14 registers, standard error 0.81 %). Sets add up, in any order, to the same. A
/// plain value of 80 KB at most.
class DistinctSet
{
public:
    static constexpr std::size_t mostExact = 10'000;

    /// An empty text is nobody and is not counted.
    void add(const QString& text);
    void merge(const DistinctSet& other);

    qint64 count() const;

    /// Whether the count is about and not exact.
    bool isEstimated() const { return !m_registers.empty(); }

    std::size_t bytes() const { return m_hashes.capacity() * sizeof(quint64) + m_registers.capacity(); }

    void write(ByteWriter& writer) const;
    static DistinctSet read(ByteReader& reader);

    bool operator==(const DistinctSet&) const = default;

private:
    void addHash(quint64 hash);
    void estimate();
    void note(quint64 hash);

    std::vector<quint64> m_hashes;   ///< rising; empty once there are too many
    std::vector<quint8> m_registers; ///< empty until then
};

} // namespace prism::analytics
