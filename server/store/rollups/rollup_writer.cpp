#include "server/store/rollups/rollup_writer.h"

#include <algorithm>

namespace prism::store {

using protocol::Check;
using protocol::Retro;
using protocol::Timestamp;

void RollupWriter::add(const Check& check, bool imported)
{
    m_pending.push_back({check.timestamp, imported, AddedCheck{check}});
}

void RollupWriter::add(const Retro& retro, bool imported)
{
    Retro counted; // without its long texts
    counted.timestamp = retro.timestamp;
    counted.duration = retro.duration;
    counted.user = retro.user;
    m_pending.push_back({retro.timestamp, imported, AddedRetro{counted}});
}

void RollupWriter::remark(const Check& before, const Check& after, bool imported)
{
    m_pending.push_back({before.timestamp, imported, Remarked{before, after}});
}

void RollupWriter::returnTo(std::size_t mark)
{
    if (mark < m_pending.size())
        m_pending.erase(m_pending.begin() + std::ptrdiff_t(mark), m_pending.end());
    m_quarter = {};
    m_day = {};
}

/// By time, so that no more than one rollup of each grain is in memory, however far apart they lie.
Result<void> RollupWriter::write(protocol::Seq revision)
{
    std::vector<Pending> pending = std::exchange(m_pending, {});
    const auto isEarlier = [](const Pending& a, const Pending& b) { return a.time < b.time; };
    if (!std::is_sorted(pending.begin(), pending.end(), isEarlier)) // they mostly come in order
        std::stable_sort(pending.begin(), pending.end(), isEarlier);
    for (const Pending& each : pending) {
        if (const Result<void> counted = count(each, revision); !counted)
            return counted;
    }
    if (const Result<void> saved = save(Grain::Quarter, m_quarter, revision); !saved)
        return saved;
    return save(Grain::Day, m_day, revision);
}

Result<void> RollupWriter::count(const Pending& pending, protocol::Seq revision)
{
    const Timestamp quarter = analytics::quarterOf(pending.time);
    if (const auto opened = open(Grain::Quarter, m_quarter, quarter, revision); !opened)
        return opened;
    if (const auto opened = open(Grain::Day, m_day, m_calendar.dayOf(quarter).from, revision); !opened)
        return opened;
    apply(pending, m_quarter);
    apply(pending, m_day);
    return {};
}

Result<void> RollupWriter::open(Grain grain, Open& open, Timestamp start, protocol::Seq revision)
{
    if (open.start == start)
        return {};
    if (const Result<void> saved = save(grain, open, revision); !saved)
        return saved;
    open = {};
    Result<analytics::Rollup> stored = m_table.find(grain, start);
    if (!stored)
        return Failure(stored.error());
    open.rollup = std::move(*stored);
    open.start = start;
    return {};
}

Result<void> RollupWriter::save(Grain grain, Open& open, protocol::Seq revision)
{
    if (!std::exchange(open.isChanged, false))
        return {};
    return m_table.write(grain, *open.start, open.rollup, revision);
}

void RollupWriter::apply(const Pending& pending, Open& open)
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
