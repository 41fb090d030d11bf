#include "server/store/rollups/rollup_builder.h"

#include "server/store/log.h"
#include "server/store/rollups/hit_conversion.h"
#include "server/store/rollups/principle_count_writer.h"
#include "server/store/rollups/rollup_conversion.h"
#include "server/store/rollups/rollup_counter.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/rollups/rollup_writer.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/scope_reader.h"
#include "server/store/tables/settings_writer.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::PrincipleCounts;
using analytics::Rollup;
using analytics::Span;
using protocol::Timestamp;

namespace {

constexpr Span always{Timestamp(), protocol::Timestamp(std::chrono::hours(24 * 366 * 10'000LL))};
constexpr qint64 betweenReports = 500'000;

/// Names the zone whose days are summed up. Not there before there were rollups.
constexpr QLatin1String zoneName("rollupZone");

/// Names how the rollups are stored. Not there before the counts of principles had rows of their own, 2
/// before hits were counted, and 3 before projects were counted by themselves.
constexpr QLatin1String layoutName("rollupLayout");
constexpr QLatin1String layoutWithoutProjects("3");
constexpr QLatin1String newestLayout("4");

Result<qint64> countRows(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT COUNT(*) FROM checks WHERE whole = 1"));
    return rows.next() ? rows.integer(0) : 0;
}

/// Everything's, and those of some projects.
Result<void> foldAll(WriteConnection& connection, const QTimeZone& zone, const std::set<Scope>& projects)
{
    PRISM_TRY(RollupFolder(connection, zone).foldAll());
    for (const Scope scope : projects) {
        PRISM_TRY(RollupFolder(connection, zone, scope).foldAll());
    }
    return {};
}

/// Counts what is stored as if it were written now, some thousands in a go.
class Recount
{
public:
    Recount(WriteConnection& connection, const QTimeZone& zone, RollupCounter::Counted counted)
        : m_connection(connection)
        , m_zone(zone)
        , m_counter(connection, counted)
    {
    }

    Result<void> run()
    {
        PRISM_TRY_ASSIGN(const qint64 total, countRows(m_connection));
        if (total > 0)
            qCInfo(lcStore) << "counting the" << total << "checks of an older database, once";
        qint64 done = 0;
        Result<void> written;
        const auto add = [&](const auto& entry, bool imported) {
            m_counter.add(entry, imported);
            if (m_counter.mark() >= mostAtOnce)
                written = write();
            return written.has_value();
        };
        FactReader facts(m_connection);
        PRISM_TRY_ASSIGN(const Timestamp keptFrom, SettingsReader(m_connection).checksKeptFrom());
        PRISM_TRY(facts.checks({keptFrom, always.to}, [&](const protocol::Check& check, bool imported) {
            if (++done % betweenReports == 0)
                qCInfo(lcStore) << "counted" << done << "of" << total << "checks";
            return add(check, imported);
        }));
        PRISM_TRY(written);
        PRISM_TRY(facts.retros(always, add));
        PRISM_TRY(written);
        return write();
    }

private:
    static constexpr std::size_t mostAtOnce = 10'000;

    Result<void> write()
    {
        PRISM_TRY(m_counter.write());
        return foldAll(m_connection, m_zone, std::exchange(m_counter.due(), {}));
    }

    WriteConnection& m_connection;
    const QTimeZone m_zone;
    RollupCounter m_counter;
};

/// Sums the quarters of a scope up to days, one after the other. What waits to be folded comes to the days
/// when it is.
class DaySum
{
public:
    DaySum(WriteConnection& connection, const QTimeZone& zone, Scope scope)
        : m_calendar(zone)
        , m_rollups(connection, scope)
        , m_counts(connection, scope)
    {
    }

    Result<void> run()
    {
        PRISM_TRY(m_rollups.forEach(Grain::Quarter, always,
                                    [this](Timestamp start, const Rollup& rollup) -> Result<void> {
                                        const Span day = m_calendar.dayOf(start);
                                        if (m_days.empty() || m_days.back() != day) {
                                            PRISM_TRY(writeDay());
                                            m_days.push_back(day);
                                        }
                                        m_sum.merge(rollup);
                                        return {};
                                    }));
        PRISM_TRY(writeDay());
        for (const Span& day : m_days) {
            PRISM_TRY(sumUpPrinciples(day));
        }
        return {};
    }

private:
    Result<void> writeDay()
    {
        const Rollup sum = std::exchange(m_sum, {});
        return m_days.empty() ? Result<void>() : m_rollups.write(Grain::Day, m_days.back().from, sum);
    }

    Result<void> sumUpPrinciples(const Span& day)
    {
        PrincipleCounts sum;
        PRISM_TRY(m_counts.forEach(Grain::Quarter, day,
                                   [&sum](Timestamp, const PrincipleCounts& counts) -> Result<void> {
                                       sum = analytics::sumOf(sum, counts);
                                       return {};
                                   }));
        return m_counts.add(Grain::Day, day.from, sum);
    }

    analytics::Calendar m_calendar;
    RollupWriter m_rollups;
    PrincipleCountWriter m_counts;
    std::vector<Span> m_days;
    Rollup m_sum; ///< of the last of them
};

Result<void> noteZone(WriteConnection& connection, const QTimeZone& zone)
{
    return SettingsWriter(connection).setValue(zoneName, QString::fromUtf8(zone.id()));
}

Result<void> convert(WriteConnection& connection, const QTimeZone& zone, const std::optional<QString>& layout)
{
    PRISM_TRY(layout ? convertRollupsWithoutHits(connection) : convertOlderRollups(connection));
    return estimateHits(connection, zone);
}

/// Of what the database has: nothing but its rows, the rollups of an older program, or those of today.
Result<void> build(WriteConnection& connection, const QTimeZone& zone, bool hasRollups, bool isOtherZone,
                   const std::optional<QString>& layout)
{
    const bool isOlder = layout != QString(newestLayout);
    const bool isConverted = hasRollups && isOlder && layout != QString(layoutWithoutProjects);
    if (!hasRollups)
        PRISM_TRY(Recount(connection, zone, RollupCounter::Counted::All).run());
    else if (isConverted)
        PRISM_TRY(convert(connection, zone, layout));
    if (isConverted || isOtherZone)
        PRISM_TRY(sumUpDays(connection, zone));
    if (hasRollups && isOlder)
        PRISM_TRY(Recount(connection, zone, RollupCounter::Counted::ProjectsAlone).run());
    PRISM_TRY(connection.execute("DROP TABLE IF EXISTS older_rollups"));
    if (!hasRollups)
        PRISM_TRY(noteZone(connection, zone));
    return SettingsWriter(connection).setValue(layoutName, newestLayout);
}

} // namespace

Result<void> sumUpDays(WriteConnection& connection, const QTimeZone& zone)
{
    PRISM_TRY(connection.execute("DELETE FROM day_rollups WHERE scope >= 0"));
    PRISM_TRY(
        connection.execute("DELETE FROM principle_counts WHERE grain = ? AND scope >= 0", {int(Grain::Day)}));
    PRISM_TRY(DaySum(connection, zone, everything).run());
    PRISM_TRY_ASSIGN(const Scopes scopes, ScopeReader(connection).all());
    for (const Scope scope : scopes) {
        PRISM_TRY(DaySum(connection, zone, scope).run());
    }
    return noteZone(connection, zone);
}

Result<void> buildRollups(WriteConnection& connection, const QTimeZone& zone, OtherZone otherZone)
{
    SettingsReader settings(connection);
    PRISM_TRY_ASSIGN(const auto built, settings.value(zoneName));
    PRISM_TRY_ASSIGN(const auto layout, settings.value(layoutName));
    const bool isOlder = layout != QString(newestLayout);
    const bool isOtherZone = built && *built != QString::fromUtf8(zone.id()) && otherZone == OtherZone::SumUp;
    if (built && !isOtherZone && !isOlder)
        return {};
    if (built && isOlder)
        qCInfo(lcStore) << "converting the rollups of an older database, once";
    else if (built)
        qCInfo(lcStore).noquote() << "summing up the days of" << zone.id() << "instead of" << *built;
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    PRISM_TRY(build(connection, zone, built.has_value(), isOtherZone, layout));
    return scope.commit();
}

} // namespace prism::store
