#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"
#include "tests/unit/store/older_layouts.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace tst_hit_conversion {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Figures;
using prism::analytics::Rollup;
using prism::analytics::Span;

namespace {

const Timestamp someTime = *fromIso(u"2026-03-27T10:20:00Z");
constexpr qint64 all = std::numeric_limits<qint64>::max();

Check checkOf(const QString& id, int violations, Timestamp time = someTime)
{
    Check check;
    check.id = id;
    check.timestamp = time;
    check.duration = 12;
    check.user = u"ana"_s;
    for (int i = 0; i < violations; ++i)
        check.violations.append({u"P%1"_s.arg(i % 3), {}, Severity::Block, {}, false});
    return check;
}

} // namespace

/// Real databases as the program before wrote them, which knew no hits.
class HitConversionTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"t.db"_s);
        m_database = std::move(*sqlite::WriteConnection::open(m_file));
        QVERIFY(migrate(*m_database).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
    }

    void cleanup() { m_database.reset(); }

    void olderBuckets_haveAsManyHitsAsThereMayHaveBeen_data()
    {
        QTest::addColumn<QList<int>>("violations");
        QTest::addColumn<qint64>("folded");
        QTest::addColumn<qint64>("hits");
        for (const qint64 folded : {qint64(0), qint64(1), all}) {
            const QByteArray how = folded == 0 ? "all waits" : folded == 1 ? "some waits" : "all is folded";
            QTest::newRow("no violations, " + how) << QList{0, 0} << folded << qint64(0);
            QTest::newRow("few, " + how) << QList{0, 3, 4} << folded << qint64(7);
            QTest::newRow("a report of thousands, " + how) << QList{5'000, 0} << folded << qint64(10);
            QTest::newRow("a report among others, " + how) << QList{5'000, 1, 0, 2} << folded << qint64(30);
        }
    }

    void olderBuckets_haveAsManyHitsAsThereMayHaveBeen()
    {
        QFETCH(QList<int>, violations);
        QFETCH(qint64, folded);
        QFETCH(qint64, hits);
        Groups groups(*m_database);
        for (const int each : violations)
            write(groups, checkOf(QString::number(m_next++), each));
        if (folded > 0)
            fold(groups, folded);
        const Figures before = figures();
        QVERIFY(turnOlder());
        QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
        QTest::ignoreMessage(QtInfoMsg, "where alerts compare violations, each older check with any counts "
                                        "as ten of them, as far as there are so many");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // says nothing, since it does nothing
        Figures expected = before;
        expected.hits = hits;
        QVERIFY(figures() == expected);
        QVERIFY(figures(Span{someTime - 24h, someTime + 24h}) == expected);
        write(groups, checkOf(u"new"_s, 12));
        fold(groups, all);
        QCOMPARE(figures().hits, hits + 10);
    }

    /// What is marked afterwards takes away no more than there is, whenever it was counted.
    void everyViolationOfBefore_canBeMarkedAfterwards_data()
    {
        QTest::addColumn<int>("marksBefore");
        QTest::newRow("all after the conversion") << 0;
        QTest::newRow("one waits to be folded") << 1;
        QTest::newRow("most wait to be folded") << 19;
    }

    void everyViolationOfBefore_canBeMarkedAfterwards()
    {
        QFETCH(int, marksBefore);
        Groups groups(*m_database);
        write(groups, checkOf(u"many"_s, 20));
        write(groups, checkOf(u"few"_s, 2));
        fold(groups, all);
        for (int i = 0; i < marksBefore; ++i)
            mark(groups, u"many"_s, i);
        QVERIFY(turnOlder());
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        for (int i = marksBefore; i < 20; ++i)
            mark(groups, u"many"_s, i);
        mark(groups, u"few"_s, 0);
        mark(groups, u"few"_s, 1);
        fold(groups, all);
        QCOMPARE(figures().violations, 0);
        QVERIFY(figures().hits >= 0);
    }

    void damage_isAnErrorAndNothingIsConverted_data()
    {
        QTest::addColumn<QByteArray>("damage");
        QTest::newRow("a bucket") << "UPDATE quarter_rollups SET content = x'00'"_ba;
        QTest::newRow("its figures") << "UPDATE quarter_rollups SET figures = x'00'"_ba;
        QTest::newRow("a delta") << "UPDATE rollup_deltas SET content = x'00'"_ba;
    }

    void damage_isAnErrorAndNothingIsConverted()
    {
        QFETCH(QByteArray, damage);
        Groups groups(*m_database);
        write(groups, checkOf(u"1"_s, 2));
        fold(groups, all);
        QVERIFY(turnOlder());
        QVERIFY(m_database->execute(damage).has_value());
        for (int tries = 0; tries < 2; ++tries) {
            QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
            QTest::ignoreMessage(QtCriticalMsg, "the rollup of 2026-03-27T10:15:00.000Z is damaged");
            QCOMPARE(buildRollups(*m_database, m_zone).error().code, ErrorCode::Unavailable);
        }
    }

    void lateEntries_areHistory_data()
    {
        QTest::addColumn<std::chrono::minutes>("age");
        QTest::addColumn<bool>("isLive");
        const auto behind = [](int minutes) { return std::chrono::minutes(minutes); }; // at 10:20
        QTest::newRow("now") << behind(0) << true;
        QTest::newRow("ahead") << behind(-5) << true;
        QTest::newRow("in the running hour") << behind(20) << true;
        QTest::newRow("in the hour before, which is closed") << behind(21) << false;
        QTest::newRow("a day ago") << behind(24 * 60) << false;
    }

    void lateEntries_areHistory()
    {
        QFETCH(std::chrono::minutes, age);
        QFETCH(bool, isLive);
        Groups groups(*m_database, 0, [] { return someTime; });
        write(groups, checkOf(u"1"_s, 1, someTime - age));
        Retro retro;
        retro.id = u"1"_s;
        retro.timestamp = someTime - age;
        QVERIFY(groups.begin() && groups->addRetro(retro, false).value() && groups.commit());
        const Rollup rollup = sumOf({someTime - 48h, someTime + 48h});
        QCOMPARE(rollup.live().figures.checks, isLive ? 1 : 0);
        QCOMPARE(rollup.live().figures.retros, isLive ? 1 : 0);
        QCOMPARE(rollup.all().figures.checks, 1);
        mark(groups, u"1"_s, 0);
        QCOMPARE(sumOf({someTime - 48h, someTime + 48h}).live().figures.violations, 0);
    }

    void hourBefore_isClosedFiveMinutesAfterItsEnd_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("end");
        QTest::newRow("UTC") << "UTC"_ba << u"2026-03-27T09:59:59Z"_s << u"2026-03-27T10:00:00Z"_s;
        QTest::newRow("three quarters off")
            << "Asia/Kathmandu"_ba << u"2026-03-27T09:59:59Z"_s << u"2026-03-27T10:15:00Z"_s;
        QTest::newRow("the last of a day")
            << "Europe/Paris"_ba << u"2026-03-27T22:30:00Z"_s << u"2026-03-27T23:00:00Z"_s;
    }

    void hourBefore_isClosedFiveMinutesAfterItsEnd()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QString, entry);
        QFETCH(QString, end);
        Timestamp now = *fromIso(end) + 5min - 1ms;
        Lateness lateness(QTimeZone(zone), [&now] { return now; });
        QVERIFY(!lateness.isLate(*fromIso(entry)));
        now += 1ms;
        QVERIFY(lateness.isLate(*fromIso(entry)));
        QVERIFY(!lateness.isLate(*fromIso(end)));
    }

private:
    void write(Groups& groups, const Check& check)
    {
        QVERIFY(groups.begin() && groups->addCheck(check, {false}).value() && groups.commit());
    }

    void mark(Groups& groups, const QString& check, int position)
    {
        QVERIFY(groups.begin() && groups->markViolation(check, position, true).has_value() &&
                groups.commit());
    }

    void fold(Groups& groups, qint64 most)
    {
        QVERIFY(groups.begin());
        RollupFolder folder(*m_database, m_zone);
        while (*folder.fold(most) > 0 && most == all) {
        }
        QVERIFY(groups.commit());
    }

    Rollup sumOf(const Span& span)
    {
        const auto reader = std::move(*sqlite::ReadConnection::open(m_file));
        const auto snapshot = Snapshot::begin(*reader);
        RollupSource source(*reader, m_zone);
        const auto rollup = source.refresh() ? source.rollup(span) : prism::analytics::RollupPtr();
        return rollup && *rollup ? **rollup : Rollup();
    }

    /// Of quarters; a day's where none is said to begin or end elsewhere.
    Figures figures(const Span& span = {someTime - 5h, someTime + 5h}) { return sumOf(span).all().figures; }

    /// As the program before stored it.
    bool turnOlder()
    {
        using namespace prism::test;
        std::vector<std::pair<Timestamp, Rollup>> quarters;
        RollupReader table(*m_database);
        bool isDone = table
                          .forEach(Grain::Quarter, {Timestamp(), someTime + 1000h},
                                   [&](Timestamp start, const Rollup& rollup) -> Result<void> {
                                       quarters.emplace_back(start, rollup);
                                       return {};
                                   })
                          .has_value();
        for (const auto& [start, rollup] : quarters)
            isDone =
                isDone && m_database
                              ->execute("UPDATE quarter_rollups SET figures = ?, content = ? WHERE start = ?",
                                        {figuresWithoutHits(rollup.all().figures), contentWithoutHits(rollup),
                                         toMillis(start)})
                              .has_value();
        std::vector<StoredDelta> deltas;
        isDone = isDone && DeltaReader(*m_database)
                               .forEachAfter(0,
                                             [&](StoredDelta delta) {
                                                 deltas.push_back(std::move(delta));
                                                 return true;
                                             })
                               .has_value();
        for (const StoredDelta& delta : deltas)
            isDone = isDone && m_database
                                   ->execute("UPDATE rollup_deltas SET content = ? WHERE ordinal = ?",
                                             {deltaWithoutHits(delta.delta), delta.ordinal})
                                   .has_value();
        return isDone &&
               m_database->execute("UPDATE settings SET value = '2' WHERE name = 'rollupLayout'").has_value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<WriteConnection> m_database;
    const QTimeZone m_zone = QTimeZone::utc();
    int m_next = 0;
};

PRISM_TEST(HitConversionTest)

} // namespace tst_hit_conversion

#include "tst_hit_conversion.moc"
