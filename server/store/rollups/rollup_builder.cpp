#include "server/store/rollups/rollup_builder.h"

#include "server/analytics/calendar.h"
#include "server/store/log.h"
#include "server/store/tables/event_reader.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/settings_writer.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Rollup;
using analytics::Span;
using protocol::Timestamp;

namespace {

constexpr Span always{Timestamp(), protocol::Timestamp(std::chrono::hours(24 * 366 * 10'000LL))};
constexpr qint64 betweenReports = 500'000;

/// Names the zone whose days are summed up. Not there before there were rollups.
constexpr QLatin1String zoneName("rollupZone");

/// Keeps the rollup of one span open, as what is counted comes by time, and writes it when the next begins.
class Pour
{
public:
    Pour(RollupWriter& table, Grain grain, protocol::Seq revision)
        : m_table(table)
        , m_grain(grain)
        , m_revision(revision)
    {
    }

    Rollup& at(Timestamp start)
    {
        if (m_start != start) {
            (void)close();
            m_start = start;
        }
        return m_rollup;
    }

    Result<void> close()
    {
        if (m_result && m_start)
            m_result = m_table.write(m_grain, *m_start, m_rollup, m_revision);
        m_start.reset();
        m_rollup = {};
        return m_result;
    }

    bool isGood() const { return m_result.has_value(); }

private:
    RollupWriter& m_table;
    const Grain m_grain;
    const protocol::Seq m_revision;
    std::optional<Timestamp> m_start;
    Rollup m_rollup;
    Result<void> m_result;
};

Result<qint64> countRows(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT COUNT(*) FROM checks"));
    return rows.next() ? rows.integer(0) : 0;
}

Result<void> countChecks(WriteConnection& connection, protocol::Seq revision)
{
    PRISM_TRY_ASSIGN(const qint64 total, countRows(connection));
    if (total > 0)
        qCInfo(lcStore) << "counting the" << total << "checks of an older database, once";
    RollupWriter table(connection);
    Pour pour(table, Grain::Quarter, revision);
    qint64 done = 0;
    const auto read = FactReader(connection).checks(always, [&](const protocol::Check& check, bool imported) {
        pour.at(analytics::quarterOf(check.timestamp)).add(check, imported);
        if (++done % betweenReports == 0)
            qCInfo(lcStore) << "counted" << done << "of" << total << "checks";
        return pour.isGood();
    });
    if (!read)
        return read;
    return pour.close();
}

/// There are few, so each is added to what its quarter has already.
Result<void> countRetros(WriteConnection& connection, protocol::Seq revision)
{
    std::vector<std::pair<protocol::Retro, bool>> retros;
    const auto read = FactReader(connection).retros(always, [&](const protocol::Retro& retro, bool imported) {
        retros.emplace_back(retro, imported);
        return true;
    });
    if (!read)
        return read;
    RollupWriter table(connection);
    for (const auto& [retro, imported] : retros) {
        const Timestamp quarter = analytics::quarterOf(retro.timestamp);
        PRISM_TRY_ASSIGN(Rollup rollup, table.find(Grain::Quarter, quarter));
        rollup.add(retro, imported);
        PRISM_TRY(table.write(Grain::Quarter, quarter, rollup, revision));
    }
    return {};
}

Result<void> sumUpDays(WriteConnection& connection, const QTimeZone& zone, protocol::Seq revision)
{
    RollupWriter table(connection);
    PRISM_TRY(table.clear(Grain::Day));
    analytics::Calendar calendar(zone);
    Pour pour(table, Grain::Day, revision);
    const auto read =
        table.forEach(Grain::Quarter, always, [&](Timestamp start, const Rollup& rollup) -> Result<void> {
            pour.at(calendar.dayOf(start).from).merge(rollup);
            return {};
        });
    if (!read)
        return read;
    return pour.close();
}

Result<void> build(WriteConnection& connection, const QTimeZone& zone, bool fromRows)
{
    PRISM_TRY_ASSIGN(const protocol::Seq head, EventReader(connection).head());
    if (fromRows) {
        PRISM_TRY(countChecks(connection, head));
        PRISM_TRY(countRetros(connection, head));
    }
    PRISM_TRY(sumUpDays(connection, zone, head));
    return SettingsWriter(connection).setValue(zoneName, QString::fromUtf8(zone.id()));
}

} // namespace

Result<void> buildRollups(WriteConnection& connection, const QTimeZone& zone)
{
    PRISM_TRY_ASSIGN(const auto built, SettingsReader(connection).value(zoneName));
    if (built && *built == QString::fromUtf8(zone.id()))
        return {};
    if (built)
        qCInfo(lcStore).noquote() << "summing up the days of" << zone.id() << "instead of" << *built;
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    PRISM_TRY(build(connection, zone, !built.has_value()));
    return scope.commit();
}

} // namespace prism::store
