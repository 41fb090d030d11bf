#include "server/store/rollups/rollup_mending.h"

#include "server/store/log.h"
#include "server/store/rollups/principle_count_reader.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_counter.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/scope_reader.h"
#include "server/store/tables/settings_reader.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

#include <map>
#include <set>
#include <utility>

namespace prism::store {

using analytics::PrincipleCounts;
using analytics::Rollup;
using analytics::Span;
using protocol::Timestamp;
using protocol::toMillis;

namespace {

/// All that is stored of the buckets of a span.
struct Buckets
{
    std::map<Timestamp, Rollup> rollups;
    std::map<Timestamp, PrincipleCounts> principles;
};

Result<Buckets> bucketsOf(ReadConnection& connection, Grain grain, const Span& span, Scope scope = everything)
{
    Buckets buckets;
    PRISM_TRY(RollupReader(connection, {scope})
                  .forEach(grain, span, [&](Timestamp start, const Rollup& rollup) -> Result<void> {
                      buckets.rollups.emplace(start, rollup);
                      return {};
                  }));
    PRISM_TRY(PrincipleCountReader(connection, {scope})
                  .forEach(grain, span, [&](Timestamp start, const PrincipleCounts& counts) -> Result<void> {
                      PrincipleCounts& sum = buckets.principles[start];
                      sum = analytics::sumOf(sum, counts);
                      return {};
                  }));
    std::erase_if(buckets.principles, [](const auto& each) { return each.second.empty(); });
    std::erase_if(buckets.rollups, [](const auto& each) { return each.second.agrees(Rollup()); });
    return buckets;
}

/// How many buckets of the one are not the same in the other.
qint64 differences(const Buckets& before, const Buckets& after)
{
    std::map<Timestamp, bool> starts;
    for (const Buckets* each : {&before, &after}) {
        for (const auto& [start, rollup] : each->rollups)
            starts[start] = false;
        for (const auto& [start, counts] : each->principles)
            starts[start] = false;
    }
    const auto of = [](const auto& all, Timestamp start) {
        const auto found = all.find(start);
        return found == all.end() ? typename std::remove_cvref_t<decltype(all)>::mapped_type{}
                                  : found->second;
    };
    return std::ranges::count_if(starts, [&](const auto& each) {
        return !of(before.rollups, each.first).agrees(of(after.rollups, each.first)) ||
               of(before.principles, each.first) != of(after.principles, each.first);
    });
}

/// Goes from day to day of what there is.
class Mending
{
public:
    Mending(WriteConnection& connection, const QTimeZone& zone, Timestamp keptFrom)
        : m_connection(connection)
        , m_zone(zone)
        , m_all{keptFrom, Timestamp(std::chrono::hours(24 * 366 * 10'000LL))}
        , m_counter(connection)
        , m_folder(connection, zone)
    {
    }

    Result<MendedRollups> run()
    {
        MendedRollups mended;
        PRISM_TRY(foldOrForget(everything));
        const Result<Buckets> daysBefore = bucketsOf(m_connection, Grain::Day, allDays());
        PRISM_TRY(putProjectsAside());
        // They are summed up anew at the end, and until then nothing is added to what may be damaged.
        PRISM_TRY(forget(everything, Grain::Day));
        Timestamp from = m_all.from;
        while (true) {
            PRISM_TRY_ASSIGN(const std::optional<Timestamp> next, nextFrom(from));
            if (!next)
                break;
            const Timestamp start = std::max(analytics::quarterOf(*next), m_all.from);
            PRISM_TRY_ASSIGN(const qint64 found, mend({start, start + std::chrono::hours(24)}));
            mended.quarters += found;
            from = start + std::chrono::hours(24);
        }
        PRISM_TRY(foldProjects());
        PRISM_TRY(sumUpDays(m_connection, m_zone));
        PRISM_TRY_ASSIGN(const Buckets daysAfter, bucketsOf(m_connection, Grain::Day, allDays()));
        mended.days = differences(daysBefore.value_or(Buckets()), daysAfter);
        PRISM_TRY(compareProjects(mended));
        mended.quarters += m_lost;
        return mended;
    }

private:
    Span allDays() const { return {Timestamp(), m_all.to}; }

    Result<void> fold() { return m_folder.foldAll(); }

    /// What is stored of the projects waits under the negative of its scope, to be compared.
    Result<void> putProjectsAside()
    {
        PRISM_TRY_ASSIGN(const Scopes scopes, ScopeReader(m_connection).all());
        for (const Scope scope : scopes)
            PRISM_TRY(foldOrForget(scope));
        const qint64 from = toMillis(m_all.from);
        PRISM_TRY(m_connection.execute(
            "UPDATE quarter_rollups SET scope = -scope WHERE scope > 0 AND start >= ?", {from}));
        PRISM_TRY(m_connection.execute(
            "UPDATE principle_counts SET scope = -scope WHERE scope > 0 AND (grain = ? OR start >= ?)",
            {int(Grain::Day), from}));
        PRISM_TRY(m_connection.execute("UPDATE day_rollups SET scope = -scope WHERE scope > 0"));
        return {};
    }

    /// What is damaged takes no deltas, or is one. It is forgotten, as all of it is counted anew or summed
    /// up.
    Result<void> foldOrForget(Scope scope)
    {
        for (const Grain grain : {Grain::Day, Grain::Quarter}) {
            if (RollupFolder(m_connection, m_zone, scope).foldAll())
                return {};
            PRISM_TRY(forget(scope, grain));
        }
        if (RollupFolder(m_connection, m_zone, scope).foldAll())
            return {};
        DeltaWriter deltas(m_connection, scope);
        PRISM_TRY_ASSIGN(const DeltaReader::Extent extent, deltas.extent());
        m_lost += extent.waiting();
        return deltas.noteFolded(extent.last);
    }

    /// Of quarters, those that can be counted anew.
    Result<void> forget(Scope scope, Grain grain)
    {
        const bool isDay = grain == Grain::Day;
        const qint64 from = isDay ? 0 : toMillis(m_all.from);
        PRISM_TRY(m_connection.execute(isDay ? "DELETE FROM day_rollups WHERE scope = ? AND start >= ?"
                                             : "DELETE FROM quarter_rollups WHERE scope = ? AND start >= ?",
                                       {scope, from}));
        PRISM_TRY(
            m_connection.execute("DELETE FROM principle_counts WHERE scope = ? AND grain = ? AND start >= ?",
                                 {scope, int(grain), from}));
        return {};
    }

    Result<void> foldProjects()
    {
        PRISM_TRY_ASSIGN(const Scopes scopes, ScopeReader(m_connection).all());
        for (const Scope scope : scopes) {
            PRISM_TRY(RollupFolder(m_connection, m_zone, scope).foldAll());
        }
        return {};
    }

    Result<void> compareProjects(MendedRollups& mended)
    {
        PRISM_TRY_ASSIGN(const Scopes scopes, ScopeReader(m_connection).all());
        for (const Scope scope : scopes) {
            PRISM_TRY_ASSIGN(const qint64 quarters, changesOf(scope, Grain::Quarter, m_all));
            PRISM_TRY_ASSIGN(const qint64 days, changesOf(scope, Grain::Day, allDays()));
            mended.quarters += quarters;
            mended.days += days;
        }
        for (const char* sql :
             {"DELETE FROM quarter_rollups WHERE scope < 0", "DELETE FROM principle_counts WHERE scope < 0",
              "DELETE FROM day_rollups WHERE scope < 0"})
            PRISM_TRY(m_connection.execute(sql));
        return {};
    }

    Result<qint64> changesOf(Scope scope, Grain grain, const Span& span)
    {
        const Result<Buckets> before = bucketsOf(m_connection, grain, span, -scope);
        PRISM_TRY_ASSIGN(const Buckets after, bucketsOf(m_connection, grain, span, scope));
        return differences(before.value_or(Buckets()), after);
    }

    /// Where the next is that is counted, or that there is to count.
    Result<std::optional<Timestamp>> nextFrom(Timestamp from)
    {
        std::optional<Timestamp> next;
        for (const char* sql : {"SELECT MIN(timestamp) FROM checks WHERE timestamp >= ? AND whole = 1",
                                "SELECT MIN(timestamp) FROM retros WHERE timestamp >= ?",
                                "SELECT MIN(start) FROM quarter_rollups WHERE scope = 0 AND start >= ?",
                                "SELECT MIN(start) FROM principle_counts WHERE scope = 0 AND grain = 0 AND "
                                "start >= ?"}) {
            PRISM_TRY_ASSIGN(Rows rows, m_connection.select(sql, {toMillis(from)}));
            if (rows.next() && !rows.isNull(0)) {
                const Timestamp found = protocol::fromMillis(rows.integer(0));
                next = std::min(next.value_or(found), found);
            }
        }
        return next;
    }

    Result<qint64> mend(const Span& span)
    {
        const Result<Buckets> before = bucketsOf(m_connection, Grain::Quarter, span);
        for (const char* sql : {"DELETE FROM quarter_rollups WHERE scope = 0 AND start >= ? AND start < ?",
                                "DELETE FROM principle_counts WHERE scope = 0 AND grain = 0 AND start >= ? "
                                "AND start < ?"})
            PRISM_TRY(m_connection.execute(sql, {toMillis(span.from), toMillis(span.to)}));
        Result<void> written;
        const auto add = [&](const auto& entry, bool imported) {
            m_counter.add(entry, imported);
            if (m_counter.mark() >= mostAtOnce)
                written = write();
            return written.has_value();
        };
        FactReader facts(m_connection);
        PRISM_TRY(facts.checks(span, add));
        PRISM_TRY(written);
        PRISM_TRY(facts.retros(span, add));
        PRISM_TRY(written);
        PRISM_TRY(write());
        PRISM_TRY_ASSIGN(const Buckets after, bucketsOf(m_connection, Grain::Quarter, span));
        return differences(before.value_or(Buckets()), after);
    }

    Result<void> write()
    {
        PRISM_TRY(m_counter.write());
        const std::set<Scope> projects = std::exchange(m_counter.due(), {});
        for (const Scope scope : projects) {
            PRISM_TRY(RollupFolder(m_connection, m_zone, scope).foldAll());
        }
        return fold();
    }

    static constexpr std::size_t mostAtOnce = 10'000;

    WriteConnection& m_connection;
    const QTimeZone m_zone;
    const Span m_all;
    RollupCounter m_counter;
    RollupFolder m_folder;
    qint64 m_lost = 0; ///< deltas that could not be read
};

} // namespace

Result<MendedRollups> mendRollups(WriteConnection& connection, const QTimeZone& zone)
{
    PRISM_TRY_ASSIGN(const Timestamp keptFrom, SettingsReader(connection).checksKeptFrom());
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    PRISM_TRY_ASSIGN(const MendedRollups mended, Mending(connection, zone, keptFrom).run());
    if (mended.quarters + mended.days > 0)
        PRISM_TRY(scope.commit());
    return mended;
}

} // namespace prism::store
