#include "server/store/rollups/rollup_counter.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using protocol::Check;
using protocol::Retro;
using protocol::Timestamp;

void RollupCounter::add(const Check& check, bool imported)
{
    m_pending.push_back({check.timestamp, imported, AddedCheck{check}});
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
    m_quarter = {};
    m_day = {};
}

/// By time, so that no more than one rollup of each grain is in memory, however far apart they lie.
Result<void> RollupCounter::write(protocol::Seq revision)
{
    std::vector<Pending> pending = std::exchange(m_pending, {});
    const auto isEarlier = [](const Pending& a, const Pending& b) { return a.time < b.time; };
    if (!std::is_sorted(pending.begin(), pending.end(), isEarlier)) // they mostly come in order
        std::stable_sort(pending.begin(), pending.end(), isEarlier);
    for (const Pending& each : pending) {
        PRISM_TRY(count(each, revision));
    }
    PRISM_TRY(save(Grain::Quarter, m_quarter, revision));
    return save(Grain::Day, m_day, revision);
}

Result<void> RollupCounter::count(const Pending& pending, protocol::Seq revision)
{
    const Timestamp quarter = analytics::quarterOf(pending.time);
    PRISM_TRY(open(Grain::Quarter, m_quarter, quarter, revision));
    PRISM_TRY(open(Grain::Day, m_day, m_calendar.dayOf(quarter).from, revision));
    apply(pending, m_quarter);
    apply(pending, m_day);
    return {};
}

Result<void> RollupCounter::open(Grain grain, Open& open, Timestamp start, protocol::Seq revision)
{
    if (open.start == start)
        return {};
    PRISM_TRY(save(grain, open, revision));
    open = {};
    PRISM_TRY_ASSIGN(analytics::Rollup stored, m_table.find(grain, start));
    open.rollup = std::move(stored);
    open.start = start;
    return {};
}

Result<void> RollupCounter::save(Grain grain, Open& open, protocol::Seq revision)
{
    if (!std::exchange(open.isChanged, false))
        return {};
    return m_table.write(grain, *open.start, open.rollup, revision);
}

void RollupCounter::apply(const Pending& pending, Open& open)
{
    open.isChanged = true;
    if (const auto* check = std::get_if<AddedCheck>(&pending.what))
        open.rollup.add(check->check, pending.imported);
    else if (const auto* retro = std::get_if<AddedRetro>(&pending.what))
        open.rollup.add(retro->retro, pending.imported);
    else if (const auto* marked = std::get_if<Remarked>(&pending.what))
        open.rollup.remark(marked->before, marked->after, pending.imported);
}

} // namespace prism::store
