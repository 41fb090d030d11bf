#include "server/store/rollups/rollup_counter.h"

#include "server/analytics/calendar.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using analytics::NumberedCount;
using analytics::PrincipleCounts;
using protocol::Check;
using protocol::Retro;
using protocol::Timestamp;
using protocol::Violation;

void RollupCounter::add(const Check& check, bool imported, std::shared_ptr<const KnownPrinciples> principles)
{
    m_pending.push_back({check.timestamp, imported, AddedCheck{check, std::move(principles)}});
}

void RollupCounter::add(const Retro& retro, bool imported)
{
    Retro counted; // without its long texts
    counted.timestamp = retro.timestamp;
    counted.duration = retro.duration;
    counted.user = retro.user;
    m_pending.push_back({retro.timestamp, imported, AddedRetro{counted}});
}

void RollupCounter::remark(const Check& before, const Check& after, bool imported)
{
    m_pending.push_back({before.timestamp, imported, Remarked{before, after}});
}

void RollupCounter::returnTo(std::size_t mark)
{
    if (mark < m_pending.size())
        m_pending.erase(m_pending.begin() + std::ptrdiff_t(mark), m_pending.end());
}

Result<void> RollupCounter::write()
{
    const std::vector<Pending> pending = std::exchange(m_pending, {});
    std::map<Timestamp, Change> changes;
    auto last = changes.end(); // they mostly come in order
    for (const Pending& each : pending) {
        const Timestamp quarter = analytics::quarterOf(each.time);
        if (last == changes.end() || last->first != quarter)
            last = changes.try_emplace(quarter).first;
        last->second.apply(each);
    }
    for (auto& [quarter, change] : changes) {
        PRISM_TRY_ASSIGN(PrincipleCounts principles, numbered(change.principles));
        PRISM_TRY(m_deltas.append(everything, quarter, {std::move(change.rollup), std::move(principles)}));
    }
    return {};
}

Result<PrincipleCounts> RollupCounter::numbered(const QHash<QString, Principle>& principles)
{
    PrincipleCounts counts;
    for (auto each = principles.cbegin(); each != principles.cend(); ++each) {
        std::optional<qint64> number = each->number;
        if (!number || !each->name.isEmpty()) {
            PRISM_TRY_ASSIGN(number, m_principles.number(everything, each.key(), each->name));
        }
        if (each->count != 0)
            counts.push_back({*number, each->count});
    }
    std::sort(counts.begin(), counts.end(),
              [](const NumberedCount& a, const NumberedCount& b) { return a.principle < b.principle; });
    return counts;
}

void RollupCounter::Change::apply(const Pending& pending)
{
    if (const auto* check = std::get_if<AddedCheck>(&pending.what)) {
        rollup.add(check->check, pending.imported);
        count(check->check, 1, check->principles ? *check->principles : KnownPrinciples());
    } else if (const auto* retro = std::get_if<AddedRetro>(&pending.what)) {
        rollup.add(retro->retro, pending.imported);
    } else if (const auto* marked = std::get_if<Remarked>(&pending.what)) {
        rollup.remark(marked->before, marked->after, pending.imported);
        count(marked->before, -1);
        count(marked->after, 1);
    }
}

void RollupCounter::Change::count(const Check& check, int sign, const KnownPrinciples& known)
{
    for (const Violation& violation : check.violations) {
        Principle& principle = principles[violation.principleId];
        const auto found = known.find(violation.principleId);
        if (found != known.end())
            principle.number = found->number;
        if (found == known.end() || violation.principleName > found->name)
            principle.name = std::max(principle.name, violation.principleName);
        principle.count += violation.falsePositive ? 0 : sign;
    }
}

} // namespace prism::store
