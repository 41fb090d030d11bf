#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/writing/savepoint.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/stored_rollup_test.h"

namespace tst_rollup_source {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Span;

/// Rollups in a real database against counting one by one.
class RollupSourceTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void anySpan_isWhatHappenedInIt_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::newRow("UTC") << "UTC"_ba;
        QTest::newRow("three quarters off") << "Asia/Kathmandu"_ba;
        QTest::newRow("with summer time, on the night of its change") << "Europe/Paris"_ba;
    }

    void anySpan_isWhatHappenedInIt()
    {
        QFETCH(const QByteArray, zone);
        m_zone = QTimeZone(zone);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        for (int round = 0; round < 12; ++round) {
            write(groups, 40); // late ones among them, in days that were asked for before
            if (round % 3 == 1)
                fold(groups, 1 + below(60));
            expectRandomSpans(source, 12);
            RollupSource fresh(*m_reader, m_zone);
            expectRandomSpans(fresh, 3);
        }
    }

    void quarterAskedForAgain_countsEachCheckOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        const Timestamp quarter =
            *fromIso(u"2026-03-25T08:30:00Z"); // half of all checks lie in and beside it
        for (int round = 0; round < 30; ++round) {
            if (below(2) == 0)
                write(groups, 10);
            if (below(3) == 0)
                fold(groups, below(20));
            // As time goes on, and now and then back.
            const auto moment = std::chrono::seconds(round % 7 == 6 ? below(900) : round * 30);
            expect(source, {quarter - 8h, quarter + moment});
        }
    }

    void marks_areInTheNextAnswer()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 60);
        expectRandomSpans(source, 4);
        QVERIFY(groups.begin());
        for (std::size_t i = 0; i < m_facts.size(); i += 2) {
            Check& check = m_facts[i].check;
            for (qsizetype k = 0; k < check.violations.size(); ++k) {
                const bool mark = !check.violations[k].falsePositive;
                const auto marked = groups->markViolation(check.id, k, mark);
                QVERIFY(marked.has_value() && marked->before != marked->after);
                check.violations[k].falsePositive = mark;
                const auto again = groups->markViolation(check.id, k, mark);
                QVERIFY(again.has_value() && again->before == again->after);
            }
        }
        commit(groups);
        expectRandomSpans(source, 8);
        fold(groups, 10);
        expectRandomSpans(source, 4);
        fold(groups);
        RollupSource afterwards(*m_reader, m_zone);
        expectRandomSpans(afterwards, 8);
        QVERIFY(groups.begin());
        QVERIFY(groups->markViolation(u"none"_s, 0, true).error().code == ErrorCode::NotFound);
        const QString id = m_facts[0].check.id;
        QVERIFY(groups->markViolation(id, 100, true).error().code == ErrorCode::NotFound);
        QVERIFY(groups->markViolation(id, -1, true).error().code == ErrorCode::NotFound);
    }

    void whatIsRolledBack_isNotCounted()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 50);
        QVERIFY(groups.begin()); // a whole group that fails when it is written already
        for (int i = 0; i < 30; ++i)
            QVERIFY(groups->addCheck(someCheck(), {false}).value());
        QVERIFY(groups.announce("{}", someTime));
        QVERIFY(groups.ledger().write(*m_database).has_value());
        groups.undo();
        expectRandomSpans(source, 5);

        QVERIFY(groups.begin()); // one write among others
        add(groups, 5);
        {
            const auto part = Savepoint::set(*groups);
            QVERIFY(part.has_value());
            QVERIFY(groups->addCheck(someCheck(), {false}).value());
        }
        add(groups, 5);
        commit(groups);
        expectRandomSpans(source, 10);
    }

    void writesAroundARollback_countOnceEach_data()
    {
        QTest::addColumn<bool>("isWrittenDown");
        QTest::addColumn<bool>("isFolded");
        QTest::newRow("before the end of the group") << false << false;
        QTest::newRow("at the commit") << true << false;
        QTest::newRow("while it is folded") << true << true;
    }

    /// All in one quarter: what is rolled back leaves nothing that the next write comes to.
    void writesAroundARollback_countOnceEach()
    {
        QFETCH(const bool, isWrittenDown);
        QFETCH(const bool, isFolded);
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        const auto addOne = [&](bool stays) {
            Check check = someCheck();
            check.timestamp = someTime;
            check.violations.append({u"rule %1"_s.arg(m_nextId), u"name"_s, Severity::Block, {}, false});
            QVERIFY(groups->addCheck(check, {false}).value());
            if (stays)
                m_facts.push_back({check, false});
        };
        const Span all{someTime - 24h, someTime + 24h};
        for (int round = 0; round < 4; ++round) {
            QVERIFY(groups.begin());
            addOne(true);
            commit(groups);
            expect(source, all);
            QVERIFY(groups.begin());
            addOne(false);
            if (isWrittenDown)
                QVERIFY(groups.ledger().write(*m_database).has_value());
            if (isFolded)
                QVERIFY(RollupFolder(*m_database, m_zone).fold(1'000).has_value());
            groups.undo();
            expect(source, all);
            QVERIFY(groups.begin());
            addOne(true);
            {
                const auto part = Savepoint::set(*groups);
                addOne(false);
            }
            addOne(true);
            commit(groups);
            expect(source, all);
        }
        fold(groups);
        expect(source, all);
        RollupSource fresh(*m_reader, m_zone);
        expect(fresh, all);
    }

    void commit_costsTheSameWhateverItsBucketHolds()
    {
        Groups groups(*m_database);
        const auto cost = [&] { // rows written, and bytes of them
            Check check;
            check.id = QString::number(m_nextId++);
            check.timestamp = someTime;
            check.violations.append({u"no-secrets"_s, {}, Severity::Block, {}, false});
            const bool begun = groups.begin() && groups->addCheck(check, {false}).value();
            const qint64 before = m_database->changes();
            const bool written = begun && groups.ledger().write(*m_database).has_value();
            const qint64 rows = m_database->changes() - before;
            const bool committed = written && groups.commit();
            return committed ? std::pair(rows, count("SELECT LENGTH(content) FROM rollup_deltas ORDER BY "
                                                     "ordinal DESC LIMIT 1"))
                             : std::pair(qint64(-1), qint64(-1));
        };
        (void)cost();
        const auto before = cost();
        QCOMPARE(before.first, qint64(1));
        addJunk(groups, 20, u"long "_s.repeated(50));
        QCOMPARE(cost(), before);
        fold(groups);
        QCOMPARE(cost(), before);
    }

    void folding_rewritesOnlyWhatChanges()
    {
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        add(groups, 5);
        commit(groups);
        addJunk(groups, 60, u"junk "_s);
        fold(groups);
        const qint64 rows = count("SELECT COUNT(*) FROM principle_counts");
        QVERIFY(rows >= 2 * 6'000 / 256);
        QVERIFY(groups.begin());
        Check check;
        check.id = u"one more"_s;
        check.timestamp = someTime;
        check.violations.append({u"junk 17"_s, {}, Severity::Block, {}, false});
        QVERIFY(groups->addCheck(check, {false}).value());
        commit(groups);
        const qint64 before = m_database->changes();
        fold(groups);
        // Quarter and day, a row of principles of each, how far it is.
        QCOMPARE(m_database->changes() - before, 5);
        QVERIFY(count("SELECT MAX(LENGTH(counts)) FROM principle_counts") < 2'000);
    }

    void readerThatComesBackLate_missesNothing_data()
    {
        QTest::addColumn<int>("commits");
        QTest::addColumn<bool>("isFolded");
        QTest::newRow("a few, waiting") << 3 << false;
        QTest::newRow("a few, folded") << 3 << true;
        QTest::newRow("more than it keeps, folded") << 700 << true;
        QTest::newRow("more than are kept, folded") << 1'100 << true;
        QTest::newRow("more than it reads, waiting") << 2'100 << false;
    }

    void readerThatComesBackLate_missesNothing()
    {
        QFETCH(const int, commits);
        QFETCH(const bool, isFolded);
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 20);
        const Span week{someTime - 72h, someTime + 96h};
        expect(source, week);
        expect(source, {someTime - 3h, someTime + 1min});
        QVERIFY(groups.begin());
        for (int i = 0; i < commits; ++i) { // as many groups, in one transaction
            add(groups, 1);
            QVERIFY(groups.ledger().write(*m_database).has_value());
        }
        commit(groups);
        if (isFolded)
            fold(groups);
        expect(source, {someTime - 3h, someTime + 1min});
        write(groups, 2);
        expect(source, week);
    }

    void storedTwice_isCountedOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 10);
        QVERIFY(groups.begin());
        QVERIFY(!groups->addCheck(m_facts[3].check, {false}).value());
        commit(groups);
        expectRandomSpans(source, 5);
    }

    void manyUsers_areEstimated()
    {
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        for (int i = 0; i < 12'000; ++i) {
            Retro retro;
            retro.id = retro.user = QString::number(i);
            retro.timestamp = someTime;
            QVERIFY(groups->addRetro(retro, false).value());
        }
        commit(groups);
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto days = source.userDays({someTime - 48h, someTime + 48h});
        QVERIFY(days->isEstimated);
        QVERIFY(std::abs(days->count / 12'000 - 1) < 0.02);
    }
};

PRISM_TEST(RollupSourceTest)

} // namespace tst_rollup_source

#include "tst_rollup_source.moc"
