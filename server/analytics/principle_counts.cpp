#include "server/analytics/principle_counts.h"

#include "server/analytics/byte_codec.h"

#include <limits>

namespace prism::analytics {

namespace {

void append(PrincipleCounts& counts, const NumberedCount& entry)
{
    if (entry.count != 0)
        counts.push_back(entry);
}

} // namespace

PrincipleCounts sumOf(const PrincipleCounts& a, const PrincipleCounts& b)
{
    PrincipleCounts sum;
    sum.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (left->principle == right->principle) {
            append(sum, {left->principle, left->count + right->count});
            ++left;
            ++right;
        } else {
            append(sum, left->principle < right->principle ? *left++ : *right++);
        }
    }
    for (; left != a.end(); ++left)
        append(sum, *left);
    for (; right != b.end(); ++right)
        append(sum, *right);
    return sum;
}

void writeCounts(ByteWriter& writer, const PrincipleCounts& counts, qint64 first)
{
    writer.number(counts.size());
    qint64 next = first;
    for (const auto& [principle, count] : counts) {
        writer.number(quint64(principle - next));
        writer.signedNumber(count);
        next = principle + 1;
    }
}

PrincipleCounts readCounts(ByteReader& reader, qint64 first)
{
    constexpr std::size_t smallest = 2;
    constexpr auto last = quint64(std::numeric_limits<qint64>::max()) - 1;
    PrincipleCounts counts(reader.count(smallest));
    auto next = quint64(first);
    for (NumberedCount& entry : counts) {
        const quint64 gap = reader.number();
        if (gap > last - next)
            reader.refuse();
        if (!reader.isGood())
            return {};
        entry = {qint64(next + gap), reader.signedNumber()};
        next += gap + 1;
    }
    return reader.isGood() ? counts : PrincipleCounts();
}

} // namespace prism::analytics
