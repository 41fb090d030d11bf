#include "server/store/rollups/rollup_source.h"

#include "server/store/tables/event_reader.h"
#include "server/store/tables/settings_reader.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using analytics::Distinct;
using analytics::Figures;
using analytics::PrincipleCount;
using analytics::PrincipleCounts;
using analytics::PrincipleSum;
using analytics::Rollup;
using analytics::RollupDelta;
using analytics::RollupPtr;
using protocol::Timestamp;

namespace {

using std::chrono::hours;

constexpr std::size_t mostRollupBytes = 16 * 1024 * 1024;
constexpr std::size_t mostPrincipleBytes = 8 * 1024 * 1024;

/// There may be many sets.
constexpr std::size_t mostRollupBytesOfSet = 2 * 1024 * 1024;
constexpr std::size_t mostPrincipleBytesOfSet = 1024 * 1024;

/// Where the buckets are shorter than days.
bool areHours(const std::vector<Timestamp>& starts)
{
    return starts.size() > 1 && starts[1] - starts[0] < hours(12);
}

} // namespace

RollupSource::RollupSource(ReadConnection& connection, const QTimeZone& zone, const ScopeSet& set)
    : m_connection(connection)
    , m_scopes(set.scopes)
    , m_table(connection, set.scopes)
    , m_tail(connection, set.scopes)
    , m_cut(zone)
    , m_days(m_table, m_tail, zone)
    , m_recent(m_table, m_tail)
    , m_rows(connection, set.projects)
    , m_principles(connection, set.scopes, m_tail, m_cut)
    , m_sums(m_tail, set.isEverything() ? mostRollupBytes : mostRollupBytesOfSet,
             [](Rollup& sum, const RollupDelta& delta) { sum.merge(delta.rollup); })
    , m_principleSums(m_tail, set.isEverything() ? mostPrincipleBytes : mostPrincipleBytesOfSet,
                      [](PrincipleSum& sum, const RollupDelta& delta) { sum.add(delta.principles); })
{
}

Result<protocol::Seq> RollupSource::refresh()
{
    PRISM_TRY_ASSIGN(m_keptFrom, SettingsReader(m_connection).checksKeptFrom());
    m_cut.begin(m_keptFrom);
    PRISM_TRY_ASSIGN(const protocol::Seq head, EventReader(m_connection).head());
    PRISM_TRY(noteChanges());
    const Timestamp today = m_cut.dayOf(protocol::now()).from;
    m_recent.keepFrom(m_cut.dayOf(today - hours(1)).from);
    return head;
}

Result<void> RollupSource::noteChanges()
{
    const qint64 seen = std::exchange(m_seen, -1); // until all know
    m_changed.reset();
    PRISM_TRY_ASSIGN(const bool isGapless, m_tail.advance());
    if (isGapless && seen >= 0) {
        m_changed.emplace();
        m_tail.forEachAfter(seen, [this](const StoredDelta& delta) {
            m_changed->insert(delta.quarter);
            m_days.add(delta);
            m_recent.add(delta);
            m_rows.forget(delta.quarter);
            m_buckets.forget(delta.quarter);
        });
    } else {
        forgetAll();
        PRISM_TRY(m_days.read());
    }
    m_seen = m_tail.last();
    return {};
}

void RollupSource::forgetAll()
{
    m_recent.forget();
    m_rows.forgetAll();
    m_buckets.forgetAll();
    m_sums.forgetAll();
    m_principleSums.forgetAll();
}

Result<RollupPtr> RollupSource::rollup(const Span& span)
{
    const WindowCut::Parts parts = m_cut.parts(span);
    PRISM_TRY_ASSIGN(RollupPtr whole, sumOf(parts.whole));
    if (!parts.needRows())
        return whole;
    PRISM_TRY_ASSIGN(const RollupDelta rows, rowsOf(parts));
    Rollup all = *whole;
    all.merge(rows.rollup);
    return std::make_shared<const Rollup>(std::move(all));
}

Result<RollupDelta> RollupSource::rowsOf(const WindowCut::Parts& parts)
{
    PRISM_TRY_ASSIGN(RollupDelta rows, m_rows.sumOf(parts.rowsBefore));
    PRISM_TRY_ASSIGN(const RollupDelta after, m_rows.begun(parts.rowsAfter));
    rows.merge(after);
    return rows;
}

/// Mostly of a span that was asked for before; or of one that goes on from such a one, as time does.
Result<RollupPtr> RollupSource::sumOf(const Span& whole)
{
    if (isEmpty(whole))
        return std::make_shared<const Rollup>();
    if (const RollupPtr kept = m_sums.find(whole))
        return kept;
    const auto [beginning, end] = m_sums.beginningOf(whole);
    if (!beginning) {
        PRISM_TRY_ASSIGN(Rollup sum, merged(whole));
        return m_sums.keep(whole, std::move(sum));
    }
    PRISM_TRY_ASSIGN(const Rollup rest, merged({end, whole.to}));
    Rollup sum = *beginning;
    sum.merge(rest);
    return m_sums.keep(whole, std::move(sum));
}

Result<Rollup> RollupSource::merged(const Span& whole)
{
    const WindowCut::Buckets buckets = m_cut.buckets(whole);
    Rollup all;
    for (const auto& [grain, span] :
         {std::pair{Grain::Day, buckets.days}, std::pair{Grain::Quarter, buckets.quartersBefore},
          std::pair{Grain::Quarter, buckets.quartersAfter}}) {
        if (isEmpty(span))
            continue;
        PRISM_TRY_ASSIGN(const Rollup part, m_table.merged(grain, span));
        all.merge(part);
    }
    m_tail.forEachWaiting(whole, [&all](const StoredDelta& delta) { all.merge(delta.delta.rollup); });
    return all;
}

/// What was kept may have become too vague; then it is read anew, and what that does not tell is counted out.
Result<std::vector<PrincipleCount>> RollupSource::topPrinciples(const Span& span, std::size_t limit)
{
    const WindowCut::Parts parts = m_cut.parts(span);
    PrincipleCounts rows;
    if (parts.needRows()) {
        PRISM_TRY_ASSIGN(RollupDelta of, rowsOf(parts));
        rows = std::move(of.principles);
    }
    for (int tries = 0; tries < 2; ++tries) {
        PRISM_TRY_ASSIGN(const auto sum, principlesOf(parts.whole));
        std::optional<PrincipleCounts> top;
        if (rows.empty()) {
            top = sum->top(limit);
        } else {
            PrincipleSum all = *sum;
            all.add(rows);
            top = all.top(limit);
        }
        if (top)
            return m_principles.named(*top, limit);
        m_principleSums.forget(parts.whole);
    }
    PRISM_TRY_ASSIGN(const PrincipleCounts top, m_principles.top(parts.whole, rows, limit));
    return m_principles.named(top, limit);
}

Result<std::shared_ptr<const PrincipleSum>> RollupSource::principlesOf(const Span& whole)
{
    if (isEmpty(whole))
        return std::make_shared<const PrincipleSum>();
    if (const auto kept = m_principleSums.find(whole))
        return kept;
    PRISM_TRY_ASSIGN(PrincipleSum sum, m_principles.sumOf(whole));
    return m_principleSums.keep(whole, std::move(sum));
}

Result<void> RollupSource::addFigures(const Span& whole, bool byDay, const RollupReader::EachFigures& add)
{
    WindowCut::Buckets buckets{whole, {whole.to, whole.to}, {whole.to, whole.to}};
    if (byDay)
        buckets = m_cut.buckets(whole);
    m_days.forEach(buckets.days, add);
    for (const Span& quarters : {buckets.quartersBefore, buckets.quartersAfter}) {
        if (isEmpty(quarters))
            continue;
        if (m_recent.reachBackTo(quarters.from)) {
            m_recent.forEach(quarters, add);
            continue;
        }
        PRISM_TRY(m_table.forEachQuarter(quarters, add));
        m_tail.forEachWaiting(quarters, [&add](const StoredDelta& delta) {
            add(delta.quarter, delta.delta.rollup.all().figures);
        });
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
    const WindowCut::Parts parts = m_cut.parts(spanOf(starts.front(), end));
    PRISM_TRY(addFigures(parts.whole, !areHours(starts), add));
    for (const Span& rows : {parts.rowsBefore, parts.rowsAfter}) {
        PRISM_TRY_ASSIGN(const RollupDelta edge, m_rows.sumOf(rows));
        add(rows.from, edge.rollup.all().figures);
    }
    return sums;
}

Result<Distinct> RollupSource::distinctUsers(const Span& span)
{
    PRISM_TRY_ASSIGN(const RollupPtr all, rollup(span));
    return Distinct{double(all->users().count()), all->users().isEstimated()};
}

/// Known for most days; of those to which something came lately, and of those of several scopes, they are
/// counted when they are asked for. Of a day that is over the rollup is not kept, as in factsOf().
Result<Distinct> RollupSource::usersOf(Timestamp day)
{
    const auto known = m_days.days().find(day);
    if (known == m_days.days().end())
        return Distinct();
    if (!known->second.users) {
        const Span span = m_cut.dayOf(day);
        RollupPtr all;
        if (m_scopes.size() > 1 && span.to <= protocol::now()) {
            PRISM_TRY_ASSIGN(Rollup sum, merged(span));
            all = std::make_shared<const Rollup>(std::move(sum));
        } else {
            PRISM_TRY_ASSIGN(all, sumOf(span));
        }
        m_days.setUsers(day, {all->users().count(), all->users().isEstimated()});
    }
    const DayBook::Users users = known->second.users.value_or(DayBook::Users());
    return Distinct{double(users.count), users.isEstimated};
}

/// Of a bucket that is over the rollup is not kept: those of a year would drive out all others.
Result<KnownBuckets::Facts> RollupSource::factsOf(const Span& bucket)
{
    const auto factsOf = [](const Rollup& all) {
        const analytics::DurationHistogram& durations = all.all().durations;
        return KnownBuckets::Facts{{double(all.users().count()), all.users().isEstimated()},
                                   {durations.mean(), durations.percentile(0.95)}};
    };
    const WindowCut::Parts parts = m_cut.parts(bucket);
    if (parts.needRows() || parts.whole.to > protocol::now()) {
        PRISM_TRY_ASSIGN(const RollupPtr all, rollup(bucket));
        return factsOf(*all);
    }
    if (const KnownBuckets::Facts* known = m_buckets.find(parts.whole))
        return *known;
    PRISM_TRY_ASSIGN(const Rollup all, merged(parts.whole));
    m_buckets.keep(parts.whole, factsOf(all));
    return factsOf(all);
}

Result<std::vector<analytics::Times>> RollupSource::times(const std::vector<Timestamp>& starts, Timestamp end)
{
    std::vector<analytics::Times> times;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        PRISM_TRY_ASSIGN(const KnownBuckets::Facts facts,
                         factsOf(spanOf(starts[i], i + 1 < starts.size() ? starts[i + 1] : end)));
        times.push_back(facts.times);
    }
    return times;
}

Result<std::vector<Distinct>> RollupSource::users(const std::vector<Timestamp>& starts, Timestamp end)
{
    std::vector<Distinct> counts;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Span bucket = spanOf(starts[i], i + 1 < starts.size() ? starts[i + 1] : end);
        if (m_cut.isStoredDay(bucket)) {
            PRISM_TRY_ASSIGN(const Distinct count, usersOf(bucket.from));
            counts.push_back(count);
        } else {
            PRISM_TRY_ASSIGN(const KnownBuckets::Facts facts, factsOf(bucket));
            counts.push_back(facts.users);
        }
    }
    return counts;
}

Result<Distinct> RollupSource::userDays(const Span& span)
{
    const WindowCut::Parts parts = m_cut.parts(span);
    Distinct sum;
    const auto add = [&sum](const Distinct& more) {
        sum.count += more.count;
        sum.isEstimated |= more.isEstimated;
    };
    Span days = m_cut.buckets(parts.whole).days;
    if (isEmpty(days)) {
        const Timestamp midnight = std::clamp(m_cut.dayOf(span.from).to, span.from, span.to);
        days = {midnight, midnight};
    }
    const auto end = m_days.days().lower_bound(days.to);
    for (auto day = m_days.days().lower_bound(days.from); day != end; ++day) {
        PRISM_TRY_ASSIGN(const Distinct users, usersOf(day->first));
        add(users);
    }
    for (const Span& part : {spanOf(span.from, days.from), spanOf(days.to, span.to)}) {
        if (isEmpty(part))
            continue;
        PRISM_TRY_ASSIGN(const Distinct users, distinctUsers(part));
        add(users);
    }
    return sum;
}

Result<std::optional<Timestamp>> RollupSource::earliest()
{
    const DayBook::Days& days = m_days.days();
    return days.empty() ? std::nullopt : std::optional(days.begin()->first);
}

} // namespace prism::store
