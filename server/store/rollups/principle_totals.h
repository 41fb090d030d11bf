#pragma once

#include "server/analytics/principle_sum.h"
#include "server/store/rollups/delta_tail.h"
#include "server/store/rollups/principle_count_reader.h"
#include "server/store/rollups/window_cut.h"
#include "server/store/tables/principle_reader.h"

#include <QHash>

namespace prism::store {

/// Adds up how often principles were violated in a span, in some scopes together: what is folded, and what
/// waits. Needs memory for a million principles at most, and goes through the buckets once for each million
/// there are. Lives on its connection's thread; the tail and the cut are borrowed.
class PrincipleTotals
{
public:
    PrincipleTotals(ReadConnection& connection, const Scopes& scopes, const DeltaTail& tail, WindowCut& cut)
        : m_counts(connection, scopes)
        , m_principles(connection)
        , m_tail(tail)
        , m_cut(cut)
    {
    }

    /// Of the quarters in the span.
    Result<analytics::PrincipleSum> sumOf(const analytics::Span& whole);

    /// The `limit` most violated in the quarters of the span and in `rows` together, by number, whatever
    /// their number. Slower than PrincipleSum, but never without an answer.
    Result<analytics::PrincipleCounts> top(const analytics::Span& whole,
                                           const analytics::PrincipleCounts& rows, std::size_t limit);

    /// With ids and names: most first, ties by id, the first `limit` of them.
    Result<std::vector<analytics::PrincipleCount>> named(const analytics::PrincipleCounts& counts,
                                                         std::size_t limit);

private:
    /// The counts of the principles from the number `first` on.
    using EachSlice = std::function<void(qint64 first, const std::vector<qint64>& counts)>;
    Result<void> forEachSlice(const analytics::Span& whole, const analytics::PrincipleCounts& rows,
                              const EachSlice& each);
    Result<void> addBuckets(const analytics::Span& whole, const PrincipleCountReader::Numbers& numbers,
                            const PrincipleCountReader::Each& add);
    Result<QByteArray> idOf(qint64 number);

    PrincipleCountReader m_counts;
    PrincipleReader m_principles;
    const DeltaTail& m_tail;
    WindowCut& m_cut;
    QHash<qint64, QByteArray> m_ids; ///< in UTF-8
};

} // namespace prism::store
