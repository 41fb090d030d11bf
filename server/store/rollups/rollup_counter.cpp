#include "server/store/rollups/rollup_counter.h"

#include "server/analytics/calendar.h"
#include "shared/protocol/text.h"
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
    m_pending.push_back({check.timestamp, imported, check.project, AddedCheck{check, std::move(principles)}});
}

void RollupCounter::add(const Retro& retro, bool imported)
{
    Retro counted; // without its long texts
    counted.timestamp = retro.timestamp;
    counted.duration = retro.duration;
    counted.user = retro.user;
    m_pending.push_back({retro.timestamp, imported, retro.project, AddedRetro{counted}});
}

void RollupCounter::remark(const Check& before, const Check& after, bool imported)
{
    m_pending.push_back({before.timestamp, imported, before.project, Remarked{before, after}});
}

void RollupCounter::returnTo(std::size_t mark)
{
    if (mark < m_pending.size())
        m_pending.erase(m_pending.begin() + std::ptrdiff_t(mark), m_pending.end());
}

/// Everything comes first, so that a principle has its number, and its name, before projects ask for it.
Result<void> RollupCounter::write()
{
    PRISM_TRY_ASSIGN(Changes changes, changesOf(std::exchange(m_pending, {})));
    Numbers numbers;
    std::set<Scope> projects;
    for (auto& [place, change] : changes) {
        const auto& [scope, quarter] = place;
        PRISM_TRY_ASSIGN(PrincipleCounts principles, numbered(scope, change.principles, numbers));
        PRISM_TRY(DeltaWriter(m_connection, scope)
                      .append(quarter, {std::move(change.rollup), std::move(principles)}));
        if (scope != everything) {
            ++m_writtenOfProjects;
            projects.insert(scope);
        }
    }
    for (const Scope scope : projects) {
        PRISM_TRY(noteDue(scope));
    }
    return {};
}

Result<RollupCounter::Changes> RollupCounter::changesOf(const std::vector<Pending>& pending)
{
    Changes changes;
    QHash<QString, Scope> scopes;
    auto last = changes.end(); // they mostly come in order
    for (const Pending& each : pending) {
        const Timestamp quarter = analytics::quarterOf(each.time);
        if (m_counted == Counted::All) {
            if (last == changes.end() || last->first.second != quarter)
                last = changes.try_emplace({everything, quarter}).first;
            last->second.apply(each);
        }
        if (each.project.isEmpty())
            continue;
        auto scope = scopes.find(each.project);
        if (scope == scopes.end()) {
            PRISM_TRY_ASSIGN(const Scope given, m_scopes.give(protocol::composed(each.project)));
            scope = scopes.insert(each.project, given);
        }
        changes[{*scope, quarter}].apply(each);
    }
    return changes;
}

Result<void> RollupCounter::noteDue(Scope scope)
{
    PRISM_TRY_ASSIGN(const DeltaReader::Extent extent, DeltaReader(m_connection, scope).extent());
    if (extent.waiting() >= mostWaiting)
        m_due.insert(scope);
    return {};
}

/// A name is one of everything: a principle is called the same wherever it is violated.
Result<PrincipleCounts> RollupCounter::numbered(Scope scope, const QHash<QString, Principle>& principles,
                                                Numbers& numbers)
{
    PrincipleCounts counts;
    for (auto each = principles.cbegin(); each != principles.cend(); ++each) {
        std::optional<qint64> number = each->number;
        if (const auto known = numbers.constFind(each.key());
            scope != everything && known != numbers.cend()) {
            number = *known;
        } else {
            if (!number || !each->name.isEmpty()) {
                PRISM_TRY_ASSIGN(number, m_principles.number(everything, each.key(), each->name));
            }
            numbers.insert(each.key(), *number);
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
