#include "server/store/rollups/row_sums.h"

#include "server/store/rollups/window_cut.h"
#include "server/store/tables/fact_reader.h"
#include "shared/protocol/try.h"

#include <QHash>

#include <algorithm>

namespace prism::store {

using analytics::NumberedCount;
using analytics::RollupDelta;
using analytics::Span;

namespace {

/// Each period ends in a quarter of its own, and so does the one before that it is compared with.
constexpr std::size_t mostBegun = 12;

} // namespace

Result<RollupDelta> RowSums::sumOf(const Span& span)
{
    RollupDelta sum;
    if (isEmpty(span))
        return sum;
    QHash<QString, qint64> principles;
    FactReader facts(m_connection, m_projects);
    PRISM_TRY(facts.checks(span, [&](const protocol::Check& check, bool imported) {
        sum.rollup.add(check, imported);
        for (const protocol::Violation& violation : check.violations) {
            if (!violation.falsePositive)
                ++principles[violation.principleId];
        }
        return true;
    }));
    PRISM_TRY(facts.retros(span, [&](const protocol::Retro& retro, bool imported) {
        sum.rollup.add(retro, imported);
        return true;
    }));
    for (auto each = principles.cbegin(); each != principles.cend(); ++each) {
        PRISM_TRY_ASSIGN(const auto number, m_principles.numberOf(each.key()));
        if (number)
            sum.principles.push_back({*number, *each});
    }
    std::ranges::sort(sum.principles, {}, &NumberedCount::principle);
    return sum;
}

Result<RollupDelta> RowSums::begun(const Span& span)
{
    if (isEmpty(span))
        return RollupDelta();
    Begun& begun = m_begun.try_emplace(span.from, Begun{span.from, {}, 0}).first->second;
    if (begun.to > span.to)
        begun = {span.from, {}, 0};
    begun.lastUse = ++m_uses;
    const Result<RollupDelta> more = sumOf({begun.to, span.to});
    if (!more) {
        m_begun.erase(span.from);
        return more;
    }
    begun.to = span.to;
    begun.sum.merge(*more);
    RollupDelta sum = begun.sum;
    if (m_begun.size() > mostBegun)
        m_begun.erase(
            std::ranges::min_element(m_begun, {}, [](const auto& entry) { return entry.second.lastUse; }));
    return sum;
}

} // namespace prism::store
