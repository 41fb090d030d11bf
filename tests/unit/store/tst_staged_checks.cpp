#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/writing/staged_checks.h"
#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_staged_checks {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

const Timestamp someTime = fromMillis(1770000000000);

Check checkOf(const QString& id, int violations)
{
    Check check;
    check.id = id;
    check.timestamp = someTime;
    check.status = CheckStatus::Blocked;
    for (int i = 0; i < violations; ++i)
        check.violations.append({u"P%1"_s.arg(i % 700), u"Name"_s, Severity::Block, u"no %1"_s.arg(i)});
    return check;
}

} // namespace

/// A check whose violations are written in slices: it is there when it is whole, and never before.
class StagedChecksTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    std::unique_ptr<Groups> m_groups;

    static std::shared_ptr<StagedChecks> stagedOf(const std::vector<Check>& checks)
    {
        auto staged = std::make_shared<StagedChecks>(checks.size());
        for (const Check& check : checks)
            staged->offer(check);
        return staged;
    }

    qint64 count(const QByteArray& what)
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM " + what);
        return rows && rows->next() ? rows->integer(0) : -1;
    }

    void writeSlice(StagedChecks& staged)
    {
        QVERIFY(m_groups->begin());
        staged.writeNext(**m_groups);
        QVERIFY(m_groups->commit());
    }

    int writeSlices(StagedChecks& staged)
    {
        int slices = 0;
        for (; !staged.areDone(); ++slices)
            writeSlice(staged);
        return slices;
    }

    bool add(const Check& check, const StagedChecks* staged)
    {
        const bool added = m_groups->begin() && (*m_groups)->addCheck(check, {false}, staged).value().isNew;
        return m_groups->commit() && added;
    }

    /// Whether anybody sees a check.
    bool isSeen(const QString& id)
    {
        CheckReader reader(*m_database);
        bool hasFacts = false;
        const auto facts = FactReader(*m_database)
                               .checks({someTime - std::chrono::hours(1), someTime + std::chrono::hours(1)},
                                       [&hasFacts](const Check&, bool) { return hasFacts = true; });
        const bool isListed = !reader.list({}).value().checks.isEmpty();
        const bool isFound = reader.find(id).has_value();
        const bool hasViolations = reader.violations({id}).has_value();
        const int all = int(hasFacts) + int(isListed) + int(isFound) + int(hasViolations);
        if (!facts || (all != 0 && all != 4))
            QTest::qFail("seen here and not there", __FILE__, __LINE__);
        return all > 0;
    }

    void removeParts(int& steps)
    {
        Upkeep upkeep(*m_database, m_groups->ledger(), {}, 1);
        for (bool more = true; more; ++steps) {
            const qint64 before = count("violations");
            QVERIFY(m_groups->begin());
            more = upkeep.whileIdle(**m_groups, someTime).value();
            QVERIFY(m_groups->commit());
            QVERIFY(before - count("violations") <= 500);
        }
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*sqlite::WriteConnection::open(m_folder->filePath(u"t.db"_s)));
        QVERIFY(migrate(*m_database).has_value());
        m_groups = std::make_unique<Groups>(*m_database);
    }

    void cleanup()
    {
        m_groups.reset();
        m_database.reset();
    }

    void fewViolations_areNotWrittenBeforehand()
    {
        QVERIFY(stagedOf({checkOf(u"a"_s, 500)})->isEmpty());
        QVERIFY(stagedOf(std::vector(2'000, checkOf(u"a"_s, 1)))->isEmpty());
        QVERIFY(!stagedOf({checkOf(u"a"_s, 501)})->isEmpty());
        QVERIFY(!stagedOf(std::vector(100, checkOf(u"a"_s, 6)))->isEmpty());
        Check longOne = checkOf(u"a"_s, 300);
        for (Violation& violation : longOne.violations)
            violation.message = QString(2'000, u'x');
        QVERIFY(!stagedOf({longOne})->isEmpty());
    }

    void check_isSeenWhenItIsWhole()
    {
        const Check check = checkOf(u"a"_s, 1'234);
        const auto staged = stagedOf({check});
        while (!staged->areDone()) {
            const qint64 before = count("violations");
            writeSlice(*staged);
            QVERIFY(count("violations") - before <= 500);
            QVERIFY(!isSeen(u"a"_s));
        }
        QCOMPARE(count("violations"), 1'234);
        QVERIFY(add(check, staged.get()));
        QVERIFY(isSeen(u"a"_s));
        QCOMPARE(CheckReader(*m_database).find(u"a"_s).value().check.violations, check.violations);
        QCOMPARE(count("violations"), 1'234);
        QVERIFY(!add(check, staged.get()));
        int steps = 0;
        removeParts(steps);
        QCOMPARE(count("violations"), 1'234);
    }

    void sliceThatIsUndone_isWrittenAgain()
    {
        const Check check = checkOf(u"a"_s, 1'200);
        const auto staged = stagedOf({check});
        writeSlice(*staged);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(m_groups->begin());
            staged->writeNext(**m_groups);
            m_groups->undo();
        }
        writeSlices(*staged);
        QVERIFY(add(check, staged.get()));
        QCOMPARE(CheckReader(*m_database).find(u"a"_s).value().check.violations, check.violations);
        QCOMPARE(count("violations"), 1'200);
    }

    void firstSliceThatIsUndone_leavesNothing()
    {
        const Check check = checkOf(u"a"_s, 1'200);
        const auto staged = stagedOf({check});
        QVERIFY(m_groups->begin());
        staged->writeNext(**m_groups);
        m_groups->undo();
        const Check other = checkOf(u"b"_s, 1);
        QVERIFY(add(other, nullptr)); // gets the number that the first had
        writeSlices(*staged);
        QVERIFY(add(check, staged.get()));
        QCOMPARE(count("violations"), 1'201);
        QCOMPARE(CheckReader(*m_database).find(u"b"_s).value().check.violations, other.violations);
        QCOMPARE(CheckReader(*m_database).find(u"a"_s).value().check.violations.size(), 1'200);
    }

    /// The process may have ended, or the write have failed.
    void whatIsNeverFinished_isRemovedALittleAtATime()
    {
        auto staged = stagedOf({checkOf(u"a"_s, 1'700)});
        writeSlices(*staged);
        int steps = 0;
        removeParts(steps);
        QCOMPARE(count("violations"), 1'700); // it may be finished still
        staged.reset();
        removeParts(steps);
        QVERIFY(steps >= 4);
        QCOMPARE(count("violations"), 0);
        QCOMPARE(count("checks"), 0);
        QVERIFY(add(checkOf(u"a"_s, 3), nullptr));
    }

    void leftovers_areRemovedBesideWritesToo()
    {
        auto staged = stagedOf({checkOf(u"a"_s, 1'700)});
        writeSlices(*staged);
        staged.reset();
        Upkeep upkeep(*m_database, m_groups->ledger(), {}, 1);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(m_groups->begin());
            QVERIFY(upkeep.besideWrites(**m_groups, someTime).has_value());
            QVERIFY(m_groups->commit());
        }
        QCOMPARE(count("violations"), 0);
        QCOMPARE(count("checks"), 0);
    }

    void sameIdTwiceAtOnce_isStoredOnce()
    {
        const Check first = checkOf(u"a"_s, 900);
        const Check second = checkOf(u"a"_s, 1'000);
        auto firstStaged = stagedOf({first});
        auto secondStaged = stagedOf({second});
        writeSlice(*firstStaged);
        writeSlices(*secondStaged);
        writeSlices(*firstStaged);
        QVERIFY(add(second, secondStaged.get()));
        QVERIFY(!add(first, firstStaged.get()));
        QCOMPARE(CheckReader(*m_database).find(u"a"_s).value().check.violations, second.violations);
        firstStaged.reset();
        int steps = 0;
        removeParts(steps);
        QCOMPARE(count("violations"), 1'000);
        QCOMPARE(count("checks"), 1);
    }

    /// In one write: the first is stored, as it is.
    void sameIdTwiceInAWrite_isStoredOnce_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("both large") << 900 << 1'000;
        QTest::newRow("the second large") << 3 << 1'000;
        QTest::newRow("the first large") << 1'000 << 3;
    }

    void sameIdTwiceInAWrite_isStoredOnce()
    {
        QFETCH(const int, first);
        QFETCH(const int, second);
        const Check one = checkOf(u"a"_s, first);
        const Check other = checkOf(u"a"_s, second);
        auto staged = stagedOf({one, other});
        writeSlices(*staged);
        QVERIFY(add(one, staged.get()));
        QVERIFY(!add(other, staged.get()));
        const Check stored = CheckReader(*m_database).find(u"a"_s).value().check;
        QCOMPARE(stored.violations, one.violations);
        QCOMPARE(countsOf(stored), countsOf(one));
        staged.reset();
        int steps = 0;
        removeParts(steps);
        QCOMPARE(count("violations"), first);
    }

    /// It may be gone before it is looked for again.
    void idThatIsThere_isNotWrittenBeforehand()
    {
        const Check check = checkOf(u"a"_s, 900);
        QVERIFY(add(check, nullptr));
        const auto staged = stagedOf({check});
        QCOMPARE(writeSlices(*staged), 1);
        QCOMPARE(count("violations"), 900);
        QVERIFY(!add(check, staged.get()));
        QVERIFY(m_database->execute("DELETE FROM checks").has_value());
        QVERIFY(add(check, staged.get()));
        QCOMPARE(CheckReader(*m_database).find(u"a"_s).value().check.violations, check.violations);
    }

    void needlessOnes_areNotWritten()
    {
        const auto staged = stagedOf({checkOf(u"a"_s, 900)});
        staged->setNeedless([](Transaction&) -> Result<bool> { return true; });
        QCOMPARE(writeSlices(*staged), 1);
        QCOMPARE(count("violations"), 0);
    }

    /// The numbers are the same as of one that is written at once.
    void principles_areCountedOnceItIsWhole()
    {
        QVERIFY(add(checkOf(u"known"_s, 300), nullptr)); // of these the names are known
        Check check = checkOf(u"a"_s, 1'400);
        check.violations[5].principleName = u"Zebra"_s; // a greater one than is known
        const auto counts = [this] {                    // in three rows, each of some of them
            auto rows = m_database->select("SELECT content FROM rollup_deltas ORDER BY ordinal DESC LIMIT 3");
            QByteArrayList all;
            while (rows->next())
                all << rows->bytes(0);
            return all;
        };
        const auto staged = stagedOf({check});
        writeSlices(*staged);
        QCOMPARE(count("rollup_deltas"), 2);
        QCOMPARE(count("principle_names WHERE name = 'Zebra'"), 0);
        QVERIFY(add(check, staged.get()));
        QCOMPARE(count("principle_names WHERE name = 'Zebra'"), 1);
        QCOMPARE(count("principle_names"), 700);
        const QByteArrayList last = counts();
        check.id = u"b"_s;
        QVERIFY(add(check, nullptr));
        QCOMPARE(counts(), last);
    }

    void oldCheckWithMany_isGoneAtOnceAndRemovedInParts()
    {
        QVERIFY(add(checkOf(u"a"_s, 1'700), nullptr));
        QVERIFY(add(checkOf(u"b"_s, 7), nullptr));
        QVERIFY(m_groups->begin());
        QCOMPARE((*m_groups)->trimChecks(someTime + std::chrono::hours(1), 10).value(), 2);
        QVERIFY(m_groups->commit());
        QVERIFY(!isSeen(u"a"_s));
        QVERIFY(!isSeen(u"b"_s));
        QCOMPARE(count("violations"), 1'700);
        int steps = 0;
        removeParts(steps);
        QVERIFY(steps >= 4);
        QCOMPARE(count("violations"), 0);
        QCOMPARE(count("checks"), 0);
    }
};

PRISM_TEST(StagedChecksTest)

} // namespace tst_staged_checks

#include "tst_staged_checks.moc"
