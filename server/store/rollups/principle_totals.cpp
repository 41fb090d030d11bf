#include "server/store/rollups/principle_totals.h"

#include "shared/protocol/try.h"
#include "shared/protocol/utf8.h"

#include <queue>

#include <algorithm>

namespace prism::store {

using analytics::PrincipleCount;
using analytics::PrincipleCounts;
using analytics::PrincipleSum;
using analytics::Span;
using protocol::Timestamp;

namespace {

constexpr qint64 numbersASlice = qint64(1) << 20;
constexpr qsizetype mostIdsKept = 2 * qsizetype(PrincipleSum::mostKept);

/// The count that the `limit`-th greatest of those it is told has; 1 where there are fewer.
class LeastOfTop
{
public:
    explicit LeastOfTop(std::size_t limit)
        : m_limit(limit)
    {
    }

    void note(qint64 count)
    {
        if (count <= 0)
            return;
        m_greatest.push(count);
        if (m_greatest.size() > m_limit)
            m_greatest.pop();
    }

    qint64 count() const { return m_greatest.size() < m_limit ? 1 : m_greatest.top(); }

private:
    const std::size_t m_limit;
    std::priority_queue<qint64, std::vector<qint64>, std::greater<>> m_greatest;
};

} // namespace

Result<PrincipleSum> PrincipleTotals::sumOf(const Span& whole)
{
    PrincipleSum sum;
    PRISM_TRY(forEachSlice(whole, {}, [&sum](qint64 first, const std::vector<qint64>& counts) {
        for (std::size_t i = 0; i < counts.size(); ++i)
            sum.append({first + qint64(i), counts[i]});
    }));
    return sum;
}

/// Of those with as many as the last of the top has, which may be all there are, the ids decide: they are
/// gone through in their order until there are enough.
Result<PrincipleCounts> PrincipleTotals::top(const Span& whole, const PrincipleCounts& rows,
                                             std::size_t limit)
{
    LeastOfTop greatest(limit);
    PRISM_TRY(forEachSlice(whole, rows, [&greatest](qint64, const std::vector<qint64>& counts) {
        for (const qint64 count : counts)
            greatest.note(count);
    }));
    const qint64 least = greatest.count();
    PrincipleCounts top;
    std::vector<bool> isEqual;
    PRISM_TRY(forEachSlice(whole, rows, [&](qint64 first, const std::vector<qint64>& counts) {
        isEqual.resize(std::size_t(first) + counts.size());
        for (std::size_t i = 0; i < counts.size(); ++i) {
            isEqual[std::size_t(first) + i] = counts[i] == least;
            if (counts[i] > least)
                top.push_back({first + qint64(i), counts[i]});
        }
    }));
    PRISM_TRY(m_principles.forEachById([&](qint64 number, const QString&) {
        if (std::size_t(number) < isEqual.size() && isEqual[std::size_t(number)] && top.size() < limit)
            top.push_back({number, least});
        return top.size() < limit;
    }));
    return top;
}

Result<void> PrincipleTotals::forEachSlice(const Span& whole, const PrincipleCounts& rows,
                                           const EachSlice& each)
{
    PRISM_TRY_ASSIGN(const qint64 last, m_principles.last());
    std::vector<qint64> counts;
    for (qint64 first = 0; first <= last; first += numbersASlice) {
        counts.assign(std::size_t(std::min(numbersASlice, last - first + 1)), 0);
        const auto add = [&](const PrincipleCounts& more) {
            for (const auto& [principle, count] : more) {
                if (principle >= first && std::size_t(principle - first) < counts.size())
                    counts[std::size_t(principle - first)] += count;
            }
        };
        PRISM_TRY(addBuckets(whole, {first, first + numbersASlice},
                             [&add](Timestamp, const PrincipleCounts& more) -> Result<void> {
                                 add(more);
                                 return {};
                             }));
        m_tail.forEachWaiting(whole, [&add](const StoredDelta& delta) { add(delta.delta.principles); });
        add(rows);
        each(first, counts);
    }
    return {};
}

Result<void> PrincipleTotals::addBuckets(const Span& whole, const PrincipleCountReader::Numbers& numbers,
                                         const PrincipleCountReader::Each& add)
{
    const WindowCut::Buckets buckets = m_cut.buckets(whole);
    for (const auto& [grain, span] :
         {std::pair{Grain::Quarter, buckets.quartersBefore}, std::pair{Grain::Day, buckets.days},
          std::pair{Grain::Quarter, buckets.quartersAfter}}) {
        if (!isEmpty(span))
            PRISM_TRY(m_counts.forEach(grain, span, numbers, add));
    }
    return {};
}

Result<std::vector<PrincipleCount>> PrincipleTotals::named(const PrincipleCounts& counts, std::size_t limit)
{
    struct Known
    {
        qint64 number;
        qint64 count;
        QByteArray id;
    };
    std::vector<Known> known;
    for (const auto& [principle, count] : counts) {
        PRISM_TRY_ASSIGN(QByteArray id, idOf(principle));
        known.push_back({principle, count, std::move(id)});
    }
    const auto end = known.begin() + std::ptrdiff_t(std::min(limit, known.size()));
    std::partial_sort(known.begin(), end, known.end(), [](const Known& a, const Known& b) {
        return a.count != b.count ? a.count > b.count : a.id < b.id;
    });
    known.erase(end, known.end());
    std::vector<PrincipleCount> named;
    for (const Known& each : known) {
        PRISM_TRY_ASSIGN(const QString name, m_principles.nameOf(everything, each.number));
        named.push_back({protocol::textOfUtf8(each.id), name, each.count});
    }
    return named;
}

Result<QByteArray> PrincipleTotals::idOf(qint64 number)
{
    if (const auto known = m_ids.constFind(number); known != m_ids.cend())
        return *known;
    PRISM_TRY_ASSIGN(const QString id, m_principles.idOf(number));
    if (m_ids.size() >= mostIdsKept)
        m_ids.clear();
    return *m_ids.insert(number, id.toUtf8());
}

} // namespace prism::store
