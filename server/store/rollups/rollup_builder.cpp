#include "server/store/rollups/rollup_builder.h"

#include "server/analytics/calendar.h"
#include "server/store/tables/event_table.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/settings_table.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcStore)

namespace prism::store {

using analytics::Rollup;
using analytics::Span;
using protocol::Timestamp;

namespace {

constexpr Span always{Timestamp(), protocol::Timestamp(std::chrono::hours(24 * 366 * 10'000LL))};
constexpr qint64 betweenReports = 500'000;

/// Names the zone whose days are summed up. Not there before there were rollups.
QString zoneName()
{
    return QStringLiteral("rollupZone");
}

/// Keeps the rollup of one span open, as what is counted comes by time, and writes it when the next begins.
class Pour
{
public:
    Pour(RollupTable& table, Grain grain, protocol::Seq revision)
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
    RollupTable& m_table;
    const Grain m_grain;
    const protocol::Seq m_revision;
    std::optional<Timestamp> m_start;
    Rollup m_rollup;
    Result<void> m_result;
};

Result<qint64> countRows(Database& database)
{
    Result<Rows> rows = database.select("SELECT COUNT(*) FROM checks");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

Result<void> countChecks(Database& database, protocol::Seq revision)
{
    const Result<qint64> total = countRows(database);
    if (!total)
        return Failure(total.error());
    if (*total > 0)
        qCInfo(lcStore) << "counting the" << *total << "checks of an older database, once";
    RollupTable table(database);
    Pour pour(table, Grain::Quarter, revision);
    qint64 done = 0;
    const auto read = FactReader(database).checks(always, [&](const protocol::Check& check, bool imported) {
        pour.at(analytics::quarterOf(check.timestamp)).add(check, imported);
        if (++done % betweenReports == 0)
            qCInfo(lcStore) << "counted" << done << "of" << *total << "checks";
        return pour.isGood();
    });
    if (!read)
        return read;
    return pour.close();
}

/// There are few, so each is added to what its quarter has already.
Result<void> countRetros(Database& database, protocol::Seq revision)
{
    std::vector<std::pair<protocol::Retro, bool>> retros;
    const auto read = FactReader(database).retros(always, [&](const protocol::Retro& retro, bool imported) {
        retros.emplace_back(retro, imported);
        return true;
    });
    if (!read)
        return read;
    RollupTable table(database);
    for (const auto& [retro, imported] : retros) {
        const Timestamp quarter = analytics::quarterOf(retro.timestamp);
        Result<Rollup> rollup = table.find(Grain::Quarter, quarter);
        if (!rollup)
            return Failure(rollup.error());
        rollup->add(retro, imported);
        if (const auto written = table.write(Grain::Quarter, quarter, *rollup, revision); !written)
            return written;
    }
    return {};
}

Result<void> sumUpDays(Database& database, const QTimeZone& zone, protocol::Seq revision)
{
    RollupTable table(database);
    if (const Result<void> cleared = table.clear(Grain::Day); !cleared)
        return cleared;
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

Result<void> build(Database& database, const QTimeZone& zone, bool fromRows)
{
    const Result<protocol::Seq> head = EventTable(database).head();
    if (!head)
        return Failure(head.error());
    if (fromRows) {
        if (const Result<void> counted = countChecks(database, *head); !counted)
            return counted;
        if (const Result<void> counted = countRetros(database, *head); !counted)
            return counted;
    }
    if (const Result<void> summed = sumUpDays(database, zone, *head); !summed)
        return summed;
    return SettingsTable(database).setValue(zoneName(), QString::fromUtf8(zone.id()));
}

} // namespace

Result<void> buildRollups(Database& database, const QTimeZone& zone)
{
    const auto built = SettingsTable(database).value(zoneName());
    if (!built)
        return Failure(built.error());
    if (*built && **built == QString::fromUtf8(zone.id()))
        return {};
    if (*built)
        qCInfo(lcStore).noquote() << "summing up the days of" << zone.id() << "instead of" << **built;
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return Failure(begun.error());
    Result<void> done = build(database, zone, !built->has_value());
    if (done) {
        if (const auto committed = database.execute("COMMIT"); !committed)
            done = Failure(committed.error());
    }
    if (!done && database.inTransaction())
        (void)database.execute("ROLLBACK");
    return done;
}

} // namespace prism::store
