#include "server/store/rollups/rollup_builder.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/older_layouts.h"
#include "tests/unit/store/older_schema.h"
#include "tests/unit/store/stored_rollup_test.h"

namespace tst_older_rollups {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Rollup;
using prism::analytics::Span;

/// What was stored before there were rollups, by an older server, or by the days of another zone.
class OlderRollupsTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void databaseFromBeforeRollups_isCountedAtTheStart()
    {
        Groups groups(*m_database);
        write(groups, 200);
        Retro retro;
        retro.id = u"r"_s;
        retro.user = u"writer"_s;
        retro.timestamp = someTime;
        QVERIFY(RetroWriter(*m_database).insert(retro).value());
        QVERIFY(m_database->execute("DELETE FROM rollup_deltas").has_value()); // nothing was folded yet
        QTest::ignoreMessage(QtInfoMsg, "counting the 200 checks of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // does not count again
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto all = source.rollup({someTime - 1000h, someTime + 1000h});
        QCOMPARE((*all)->all().figures.retros, 1);
        QCOMPARE((*all)->all().figures.checks, 200);
        const QString wrong = difference(m_facts, {someTime - 1000h, someTime - 24h}, source);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void olderRollups_areConverted_data()
    {
        QTest::addColumn<bool>("isTrimmed");
        QTest::newRow("all checks kept") << false;
        QTest::newRow("some checks removed") << true;
    }

    /// An older program counted two thousand principles of a quarter, and no more.
    void olderRollups_areConverted()
    {
        QFETCH(const bool, isTrimmed);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        Groups groups(*m_database);
        write(groups, 300);
        addJunk(groups, 25, u"junk "_s);
        std::map<Timestamp, std::pair<Rollup, prism::test::OlderPrinciples>> quarters;
        for (const auto& [check, imported] : m_facts) {
            auto& [rollup, principles] = quarters[prism::analytics::quarterOf(check.timestamp)];
            rollup.add(check, imported);
            for (const Violation& violation : check.violations) {
                if (principles.size() < 2'000 || principles.contains(violation.principleId))
                    principles[violation.principleId].second += violation.falsePositive ? 0 : 1;
            }
        }
        QVERIFY(turnIntoSchema7(*m_database));
        for (const auto& [start, counted] : quarters)
            QVERIFY(
                m_database
                    ->execute("INSERT INTO quarter_rollups VALUES (?, 7, ?, ?)",
                              {toMillis(start), prism::test::figuresWithoutHits(counted.first.all().figures),
                               prism::test::contentWith(counted.first, counted.second)})
                    .has_value());
        if (isTrimmed) {
            const Timestamp limit = *fromIso(u"2026-03-27T10:00:00Z");
            QVERIFY(SettingsWriter(*m_database).setChecksKeptFrom(limit).has_value());
            QVERIFY(
                m_database->execute("DELETE FROM checks WHERE timestamp < ?", {toMillis(limit)}).has_value());
        }
        QVERIFY(migrate(*m_database).has_value());
        QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // says nothing, since it does nothing
        QCOMPARE(count("SELECT COUNT(*) FROM sqlite_master WHERE name = 'older_rollups'"), 0);
        RollupSource source(*m_reader, m_zone);
        const Span all{Timestamp(), someTime + 1000h};
        {
            const auto snapshot = prism::store::Snapshot::begin(*m_reader);
            QVERIFY(snapshot.has_value());
            QVERIFY(source.refresh().has_value());
            QCOMPARE(source.topPrinciples(all, 9'999)->size(), std::size_t(2'505));
        }
        if (!isTrimmed) {
            expectRandomSpans(source, 20);
            write(groups, 50);
            fold(groups);
            expectRandomSpans(source, 20);
        }
    }

    void olderRollupThatIsDamaged_isAnErrorAndStays()
    {
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(turnIntoSchema7(*m_database));
        QVERIFY(m_database->execute("INSERT INTO quarter_rollups VALUES (0, 7, x'00', x'00')").has_value());
        QVERIFY(migrate(*m_database).has_value());
        for (int tries = 0; tries < 2; ++tries) {
            QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
            QTest::ignoreMessage(QtCriticalMsg, "the rollup of 1970-01-01T00:00:00.000Z is damaged");
            QCOMPARE(buildRollups(*m_database, m_zone).error().code, ErrorCode::Unavailable);
        }
        QCOMPARE(count("SELECT COUNT(*) FROM older_rollups"), 1);
    }

    void otherZone_sumsUpItsDays_data()
    {
        QTest::addColumn<qint64>("folded");
        QTest::newRow("all waits") << qint64(0);
        QTest::newRow("some waits") << qint64(30);
        QTest::newRow("all is folded") << std::numeric_limits<qint64>::max();
    }

    void otherZone_sumsUpItsDays()
    {
        QFETCH(const qint64, folded);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        Groups groups(*m_database);
        write(groups, 200);
        if (folded > 0)
            fold(groups, folded);
        m_zone = QTimeZone("America/New_York");
        QTest::ignoreMessage(QtInfoMsg, "summing up the days of America/New_York instead of UTC");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSource source(*m_reader, m_zone);
        expectRandomSpans(source, 20);
        fold(groups);
        RollupSource afterwards(*m_reader, m_zone);
        expectRandomSpans(afterwards, 20);
    }
};

PRISM_TEST(OlderRollupsTest)

} // namespace tst_older_rollups

#include "tst_older_rollups.moc"
