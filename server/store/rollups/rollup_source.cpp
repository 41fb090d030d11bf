#include "server/store/rollups/rollup_source.h"

#include "server/store/tables/checks_kept.h"
#include "server/store/tables/event_table.h"
#include "server/store/tables/fact_reader.h"

#include <algorithm>

namespace prism::store {

using analytics::Distinct;
using analytics::Figures;
using analytics::Rollup;
using analytics::RollupPtr;
using analytics::Span;
using protocol::Timestamp;

namespace {

using std::chrono::hours;

constexpr std::size_t mostKeptBytes = 16 * 1024 * 1024;

/// Each period ends in a quarter of its own, and so does the one before that it is compared with.
constexpr std::size_t mostBegun = 12;

bool isEmpty(const Span& span)
{
    return span.from >= span.to;
}

/// The same but for what has no length.
Span spanOf(Timestamp from, Timestamp to)
{
    return {from, std::max(from, to)};
}

Timestamp quarterNotBefore(Timestamp t)
{
    const Timestamp quarter = analytics::quarterOf(t);
    return quarter == t ? t : quarter + analytics::quarterOfAnHour;
}

bool isQuarter(Timestamp t)
{
    return analytics::quarterOf(t) == t;
}

/// Where the buckets are shorter than days.
bool areHours(const std::vector<Timestamp>& starts)
{
    return starts.size() > 1 && starts[1] - starts[0] < hours(12);
}

} // namespace

RollupSource::RollupSource(Database& database, const QTimeZone& zone)
    : m_database(database)
    , m_table(database)
    , m_calendar(zone)
    , m_recent(m_table)
{
}

Result<protocol::Seq> RollupSource::refresh()
{
    m_approximate = false;
    const Timestamp now = protocol::now();
    m_startOfToday = m_calendar.dayOf(now).from;
    m_runningQuarter = analytics::quarterOf(now);
    const Result<Timestamp> keptFrom = ChecksKept(m_database).from();
    if (!keptFrom)
        return Failure(keptFrom.error());
    m_keptFrom = *keptFrom;
    const Result<protocol::Seq> head = EventTable(m_database).head();
    if (!head)
        return Failure(head.error());
    if (*head != m_seq) {
        if (const Result<void> noted = noteChanges(); !noted)
            return Failure(noted.error());
        m_seq = *head;
    }
    m_recent.keepFrom(m_calendar.dayOf(m_startOfToday - hours(1)).from);
    return m_seq;
}

Result<void> RollupSource::noteChanges()
{
    const Result<void> days = m_table.forEachDayAfter(
        m_seq, [this](Timestamp day, const DayFigures& figures) { m_days.insert_or_assign(day, figures); });
    const bool isFirst = m_seq < 0;
    if (!days || isFirst)
        return days;
    const Result<void> quarters =
        m_table.forEachQuarterAfter(m_seq, [this](Timestamp start, const Figures& figures) {
            forget(start);
            m_recent.note(start, figures);
        });
    // Not all that changed is known then: who asks for a damaged quarter hears of it, and nobody else.
    if (!quarters)
        forgetAll();
    return {};
}

void RollupSource::forget(Timestamp quarter)
{
    m_begun.erase(quarter);
    std::erase_if(m_kept, [&](const auto& entry) {
        const bool touches = entry.first.first <= quarter && quarter < entry.first.second;
        m_keptBytes -= touches ? entry.second.rollup->bytes() : 0;
        return touches;
    });
}

void RollupSource::forgetAll()
{
    m_recent.forget();
    m_begun.clear();
    m_kept.clear();
    m_keptBytes = 0;
}

void RollupSource::makeRoom()
{
    while (m_keptBytes > mostKeptBytes && !m_kept.empty()) {
        const auto oldest = std::min_element(m_kept.begin(), m_kept.end(), [](const auto& a, const auto& b) {
            return a.second.lastUse < b.second.lastUse;
        });
        m_keptBytes -= oldest->second.rollup->bytes();
        m_kept.erase(oldest);
    }
}

Timestamp RollupSource::snapped(Timestamp edge)
{
    const Timestamp quarter = analytics::quarterOf(edge);
    if (quarter == edge || quarter >= m_keptFrom)
        return edge;
    m_approximate = true;
    return std::chrono::floor<hours>(edge);
}

RollupSource::Cut RollupSource::cut(const Span& span)
{
    const Timestamp from = snapped(span.from);
    const Timestamp to = std::max(from, snapped(span.to));
    const Timestamp first = quarterNotBefore(from);
    const Timestamp last = analytics::quarterOf(to);
    if (first > last)
        return {{from, to}, {first, first}, {to, to}};
    return {{from, first}, {first, last}, {last, to}};
}

/// Empty where there are none. A zone may begin its days within a quarter, as some did a century ago; then
/// the quarters have to do.
Span RollupSource::daysWithin(const Span& whole)
{
    const Span first = m_calendar.dayOf(whole.from);
    const Timestamp from = first.from == whole.from ? first.from : first.to;
    const Timestamp to = m_calendar.dayOf(whole.to).from;
    return isQuarter(from) && isQuarter(to) && from < to ? Span{from, to} : Span{whole.to, whole.to};
}

Result<RollupPtr> RollupSource::rollup(const Span& span)
{
    const Cut parts = cut(span);
    const Timestamp today = std::clamp(m_startOfToday, parts.whole.from, parts.whole.to);
    const Timestamp running = std::clamp(m_runningQuarter, today, parts.whole.to);
    const Result<RollupPtr> before = past({parts.whole.from, today});
    if (!before || (today == parts.whole.to && isEmpty(parts.rowsBefore) && isEmpty(parts.rowsAfter)))
        return before;
    const Result<RollupPtr> soFar = past({today, running});
    if (!soFar)
        return soFar;
    Rollup all = **before;
    all.merge(**soFar);
    if (const Span last{running, parts.whole.to}; !isEmpty(last)) {
        const Result<Rollup> quarters = merged(last);
        if (!quarters)
            return Failure(quarters.error());
        all.merge(*quarters);
    }
    if (const Result<void> added = addRows(parts.rowsBefore, all); !added)
        return Failure(added.error());
    if (const Result<void> added = addBegun(parts.rowsAfter, all); !added)
        return Failure(added.error());
    return std::make_shared<const Rollup>(std::move(all));
}

Result<RollupPtr> RollupSource::past(const Span& whole)
{
    if (isEmpty(whole))
        return std::make_shared<const Rollup>();
    const std::pair key{whole.from, whole.to};
    if (const auto kept = m_kept.find(key); kept != m_kept.end()) {
        kept->second.lastUse = ++m_uses;
        return kept->second.rollup;
    }
    Result<Rollup> sum = merged(whole);
    if (!sum)
        return Failure(sum.error());
    auto shared = std::make_shared<const Rollup>(std::move(*sum));
    m_keptBytes += shared->bytes();
    m_kept.insert_or_assign(key, Kept{shared, ++m_uses});
    makeRoom();
    return shared;
}

Result<Rollup> RollupSource::merged(const Span& whole)
{
    const Span days = daysWithin(whole);
    Rollup all;
    const auto add = [&](Grain grain, const Span& span) -> Result<void> {
        if (isEmpty(span))
            return {};
        Result<Rollup> part = m_table.merged(grain, span);
        if (!part)
            return Failure(part.error());
        if (all.isEmpty())
            all = std::move(*part);
        else
            all.merge(*part);
        return {};
    };
    for (const auto& [grain, span] :
         {std::pair{Grain::Quarter, spanOf(whole.from, days.from)}, std::pair{Grain::Day, days},
          std::pair{Grain::Quarter, spanOf(days.to, whole.to)}}) {
        if (const Result<void> added = add(grain, span); !added)
            return Failure(added.error());
    }
    return all;
}

Result<void> RollupSource::addRows(const Span& span, Rollup& rollup)
{
    if (isEmpty(span))
        return {};
    const auto add = [&rollup](const auto& entry, bool imported) {
        rollup.add(entry, imported);
        return true;
    };
    FactReader facts(m_database);
    if (const Result<void> added = facts.checks(span, add); !added)
        return added;
    return facts.retros(span, add);
}

Result<void> RollupSource::addBegun(const Span& span, Rollup& rollup)
{
    if (isEmpty(span))
        return {};
    Begun& begun = m_begun.try_emplace(span.from, Begun{span.from, {}, 0}).first->second;
    if (begun.to > span.to)
        begun = {span.from, {}, 0};
    begun.lastUse = ++m_uses;
    if (const Result<void> added = addRows({begun.to, span.to}, begun.rollup); !added) {
        m_begun.erase(span.from);
        return added;
    }
    begun.to = span.to;
    rollup.merge(begun.rollup);
    if (m_begun.size() > mostBegun)
        m_begun.erase(
            std::ranges::min_element(m_begun, {}, [](const auto& entry) { return entry.second.lastUse; }));
    return {};
}

Result<void> RollupSource::addFigures(const Span& whole, bool byDay, const RollupTable::EachFigures& add)
{
    const Span days = byDay ? daysWithin(whole) : Span{whole.to, whole.to};
    for (auto day = m_days.lower_bound(days.from); day != m_days.end() && day->first < days.to; ++day)
        add(day->first, day->second.figures);
    for (const Span& quarters : {spanOf(whole.from, days.from), spanOf(days.to, whole.to)}) {
        if (isEmpty(quarters))
            continue;
        if (m_recent.reachBackTo(quarters.from)) {
            m_recent.forEach(quarters, add);
            continue;
        }
        if (const Result<void> added = m_table.forEachQuarter(quarters, add); !added)
            return added;
    }
    return {};
}

Result<std::vector<Figures>> RollupSource::figures(const std::vector<Timestamp>& starts, Timestamp end)
{
    std::vector<Figures> sums(starts.size());
    if (starts.empty())
        return sums;
    const auto add = [&](Timestamp start, const Figures& figures) {
        if (const auto bucket = analytics::bucketOf(starts, start))
            sums[*bucket] += figures;
    };
    const Cut parts = cut(spanOf(starts.front(), end));
    if (const Result<void> added = addFigures(parts.whole, !areHours(starts), add); !added)
        return Failure(added.error());
    for (const Span& rows : {parts.rowsBefore, parts.rowsAfter}) {
        Rollup edge;
        if (const Result<void> added = addRows(rows, edge); !added)
            return Failure(added.error());
        add(rows.from, edge.all().figures);
    }
    return sums;
}

Result<std::vector<Distinct>> RollupSource::users(const std::vector<Timestamp>& starts, Timestamp end)
{
    std::vector<Distinct> counts;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Span bucket = spanOf(starts[i], i + 1 < starts.size() ? starts[i + 1] : end);
        if (isQuarter(bucket.from) && isQuarter(bucket.to) && m_calendar.dayOf(bucket.from) == bucket) {
            const auto day = m_days.find(bucket.from);
            counts.push_back(day == m_days.end()
                                 ? Distinct()
                                 : Distinct{double(day->second.users), day->second.usersEstimated});
            continue;
        }
        const Result<RollupPtr> all = rollup(bucket);
        if (!all)
            return Failure(all.error());
        counts.push_back({double((*all)->users().count()), (*all)->users().isEstimated()});
    }
    return counts;
}

Result<Distinct> RollupSource::userDays(const Span& span)
{
    const Cut parts = cut(span);
    Distinct sum;
    Span days = daysWithin(parts.whole);
    if (isEmpty(days)) {
        const Timestamp midnight = std::clamp(m_calendar.dayOf(span.from).to, span.from, span.to);
        days = {midnight, midnight};
    }
    for (auto day = m_days.lower_bound(days.from); day != m_days.end() && day->first < days.to; ++day) {
        sum.count += double(day->second.users);
        sum.isEstimated |= day->second.usersEstimated;
    }
    for (const Span& part : {spanOf(span.from, days.from), spanOf(days.to, span.to)}) {
        if (isEmpty(part))
            continue;
        const Result<RollupPtr> all = rollup(part);
        if (!all)
            return Failure(all.error());
        sum.count += double((*all)->users().count());
        sum.isEstimated |= (*all)->users().isEstimated();
    }
    return sum;
}

Result<std::optional<Timestamp>> RollupSource::earliest()
{
    return m_days.empty() ? std::nullopt : std::optional(m_days.begin()->first);
}

} // namespace prism::store
