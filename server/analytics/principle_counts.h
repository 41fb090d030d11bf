#pragma once

#include <QString>

#include <vector>

namespace prism::analytics {

class ByteReader;
class ByteWriter;

/// Violations of one principle that are not marked false positive.
struct PrincipleCount
{
    QString id;
    QString name; ///< empty when no violation gave one
    qint64 count = 0;

    bool operator==(const PrincipleCount&) const = default;
};

/// The same by the number that the database has given the principle. Negative in what marks change.
struct NumberedCount
{
    qint64 principle = 0;
    qint64 count = 0;

    bool operator==(const NumberedCount&) const = default;
};

/// Rising by number, each number once.
using PrincipleCounts = std::vector<NumberedCount>;

/// The sum of both, without those of which nothing is left.
PrincipleCounts sumOf(const PrincipleCounts& a, const PrincipleCounts& b);

/// About three bytes for each. No number may be below `first`.
void writeCounts(ByteWriter& writer, const PrincipleCounts& counts, qint64 first);
PrincipleCounts readCounts(ByteReader& reader, qint64 first);

} // namespace prism::analytics
