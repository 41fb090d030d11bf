#include "server/service/change.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/writer.h"
#include "shared/protocol/try.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_upkeep {

using namespace prism::store;
using namespace prism::protocol;
using prism::store::Failure;
using prism::store::Result;

namespace {

const Timestamp someTime = fromMillis(1770000000000);

} // namespace

namespace {

/// Notes the events that are published.
class Seqs : public CommitSink
{
public:
    std::vector<Seq> published;

    void committed(const Commit&) override {}
    void publish(const std::vector<StoredEvent>& events) override
    {
        for (const StoredEvent& event : events)
            published.push_back(event.seq);
    }
    void settled() override {}
};

} // namespace

class UpkeepTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<WriteConnection> m_database;

    void insertEvents(int count, Timestamp time)
    {
        Groups groups(*m_database, EventReader(*m_database).head().value());
        QVERIFY(groups.begin());
        for (int i = 0; i < count; ++i)
            QVERIFY(groups.announce("{}", time));
        QVERIFY(groups.commit());
    }

    std::vector<Seq> kept()
    {
        std::vector<Seq> seqs;
        const auto events = EventReader(*m_database).range(1, 1000, 1000, 1000000);
        for (const StoredEvent& event : *events)
            seqs.push_back(event.seq);
        return seqs;
    }

    int answerCount()
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM outcomes");
        return rows && rows->next() ? int(rows->integer(0)) : -1;
    }

    qint64 audited()
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM audit");
        return rows && rows->next() ? rows->integer(0) : -1;
    }

    int m_nextCheck = 0;

    /// Each by itself, and each in a quarter of an hour of its own.
    void addChecks(Groups& groups, int count)
    {
        QVERIFY(groups.begin());
        for (int i = 0; i < count; ++i) {
            Check check;
            check.id = QString::number(m_nextCheck);
            check.timestamp = someTime - m_nextCheck++ * std::chrono::minutes(15);
            QVERIFY(groups->addCheck(check, {false}).value());
            QVERIFY(groups.ledger().write(*m_database).has_value());
        }
        QVERIFY(groups.commit());
    }

    /// As many deltas as if so many groups had come at once, each about a quarter and principles of its own.
    void addDeltas(Groups& groups, int count, int principles)
    {
        Check check;
        check.id = QStringLiteral("c");
        check.timestamp = someTime;
        for (int i = 0; i < principles; ++i)
            check.violations.append({QString::number(i), {}, Severity::Info, {}, false});
        QVERIFY(groups.begin());
        QVERIFY(groups->addCheck(check, {false}).value());
        QVERIFY(groups.commit());
        QVERIFY(m_database
                    ->execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                              "INSERT INTO rollup_deltas (scope, start, content) "
                              "SELECT scope, start - i * 900000, content FROM rollup_deltas, n WHERE i < ?",
                              {count, count})
                    .has_value());
        QCOMPARE(waiting(), count);
    }

    qint64 waiting() { return DeltaReader(*m_database).extent()->waiting(); }

    qint64 deltas()
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM rollup_deltas");
        return rows && rows->next() ? rows->integer(0) : -1;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("t.db"));
        m_database = std::move(*sqlite::WriteConnection::open(m_file));
        QVERIFY(migrate(*m_database).has_value());
    }

    void cleanup() { m_database.reset(); }

    void eventsOverTheCount_goOldestFirstAndOnlySoMany()
    {
        insertEvents(10, someTime);
        EventWriter table(*m_database);
        const EventRetention retention{4, std::chrono::hours(1)};
        QCOMPARE(table.trim(retention, someTime, 3).value(), 3);
        QCOMPARE(table.first().value(), Seq(4));
        QCOMPARE(table.trim(retention, someTime, 100).value(), 3);
        QCOMPARE(kept(), (std::vector<Seq>{7, 8, 9, 10}));
        QCOMPARE(table.trim(retention, someTime, 100).value(), 0);
        QCOMPARE(table.first().value(), Seq(7));
    }

    void eventsOverTheAge_goAndTheHeadStays()
    {
        insertEvents(3, someTime);
        insertEvents(2, someTime + std::chrono::hours(2));
        EventWriter table(*m_database);
        const EventRetention retention{100, std::chrono::hours(1)};
        QCOMPARE(table.trim(retention, someTime + std::chrono::hours(2), 100).value(), 3);
        QCOMPARE(table.trim(retention, someTime + std::chrono::hours(9), 100).value(), 2);
        QVERIFY(kept().empty());
        QCOMPARE(table.head().value(), Seq(5));
        QCOMPARE(table.first().value(), Seq(6));
        insertEvents(1, someTime);
        QCOMPARE(kept(), std::vector<Seq>{6});
    }

    void writer_trimsBesideItsWritesAndWhileIdle()
    {
        insertEvents(200, now());
        WriteQueue queue({1000, 1000, 1000});
        const sqlite::Database database(m_file);
        Seqs sink;
        const std::vector<Seq>& published = sink.published;
        {
            const Writer writer(queue, database, 200, QTimeZone::utc(), sink,
                                {{10, std::chrono::hours(1)}, std::chrono::hours(1)});
            for (int i = 0; i < 50; ++i)
                queue.submit<bool>(
                    [](Transaction& transaction) -> Result<bool> {
                        PRISM_TRY(prism::service::Change(transaction, {})
                                      .announce(event_type::alert, QString(), "{}", now()));
                        return true;
                    },
                    [](const Result<bool>&) {});
            QTRY_COMPARE_WITH_TIMEOUT(EventReader(*m_database).first().value(), Seq(241), 5000);
        }
        QCOMPARE(published.size(), 50U);
        QCOMPARE(published.back(), Seq(250));
        QCOMPARE(kept().size(), 10U);
    }

    void answers_areForgottenWhenTheyAreOld()
    {
        int remembered = 0;
        OutcomeWriter table(*m_database, remembered);
        QVERIFY(table.remember("a", {"r", "outcome of a"}, someTime).has_value());
        QVERIFY(table.remember("b", {"r", "outcome"}, someTime + std::chrono::hours(1)).has_value());
        QCOMPARE(table.find("a", someTime).value()->outcome, QByteArray("outcome of a"));
        const Timestamp later = someTime + std::chrono::minutes(1);
        QVERIFY(!table.find("a", later).value());
        QCOMPARE(table.trim(later, 10).value(), 1);
        QVERIFY(!table.find("a", someTime).value());
        QVERIFY(table.find("b", later).value().has_value());
    }

    void answersOfAFlood_areForgottenAsFastAsTheyCome()
    {
        constexpr int groupCount = 20;
        constexpr int answersAGroup = 100;
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {{}, std::chrono::hours(1)}, 1);
        const auto flood = [&](Timestamp begin) {
            for (int i = 0; i < groupCount * answersAGroup; ++i) {
                const Timestamp time = begin + std::chrono::milliseconds(i / answersAGroup);
                if (i % answersAGroup == 0)
                    QVERIFY(groups.begin());
                const QByteArray key = QByteArray::number(toMillis(begin)) + '-' + QByteArray::number(i);
                QVERIFY(groups->outcomes().remember(key, {"r", "outcome"}, time).has_value());
                if (i % answersAGroup == answersAGroup - 1) {
                    QVERIFY(upkeep.besideWrites(*groups, time).has_value());
                    QVERIFY(groups.commit());
                }
            }
        };
        flood(someTime);
        QCOMPARE(answerCount(), groupCount * answersAGroup);
        flood(someTime + std::chrono::hours(2));
        QCOMPARE(answerCount(), groupCount * answersAGroup);
    }

    void answers_areNotLookedAtBeforeOneIsDue()
    {
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {{}, std::chrono::hours(1)}, 1);
        QVERIFY(groups.begin());
        QVERIFY(groups->outcomes().remember("a", {"r", "outcome"}, someTime).has_value());
        QVERIFY(upkeep.besideWrites(*groups, someTime).has_value());
        // Whoever looks at a table that is not there fails.
        QVERIFY(m_database->execute("ALTER TABLE outcomes RENAME TO hidden").has_value());
        QVERIFY(upkeep.besideWrites(*groups, someTime + std::chrono::minutes(60)).has_value());
        QVERIFY(m_database->execute("ALTER TABLE hidden RENAME TO outcomes").has_value());
        QCOMPARE(answerCount(), 1);
        QVERIFY(upkeep.besideWrites(*groups, someTime + std::chrono::minutes(61)).has_value());
        QCOMPARE(answerCount(), 0);
    }

    void audit_isKeptForItsTime()
    {
        Groups groups(*m_database);
        Retention retention;
        retention.audit = std::chrono::days(1);
        Upkeep upkeep(*m_database, groups.ledger(), retention, 1);
        const auto left = [&](Timestamp time, bool isIdle) {
            const bool isDone = groups.begin() && (isIdle ? upkeep.whileIdle(*groups, time).has_value()
                                                          : upkeep.besideWrites(*groups, time).has_value());
            const qint64 count = isDone ? audited() : -1;
            return groups.commit() ? count : -1;
        };
        QVERIFY(groups.begin());
        for (int i = 0; i < 3; ++i) {
            AuditEntry entry;
            entry.at = someTime + std::chrono::hours(i);
            entry.action = entry.subject = QStringLiteral("a");
            QVERIFY(groups->audit().add(entry).has_value());
        }
        QVERIFY(groups.commit());
        QCOMPARE(left(someTime + std::chrono::hours(24), true), 3);
        QCOMPARE(left(someTime + std::chrono::hours(25), true), 2);
        QCOMPARE(left(someTime + std::chrono::hours(26), false), 1);
    }

    void deltas_areFoldedWhileIdleAndInBites()
    {
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        const auto idle = [&](Timestamp time) {
            const bool begun = groups.begin();
            const bool more = begun && upkeep.whileIdle(*groups, time).value();
            return groups.commit() && more;
        };
        addChecks(groups, 100);
        QCOMPARE(waiting(), 100);
        QVERIFY(idle(someTime));
        QVERIFY(waiting() >= 60 && waiting() < 100);
        while (idle(someTime)) {
        }
        QVERIFY(waiting() > 0 && waiting() < 32); // few wait for a second
        idle(someTime + std::chrono::milliseconds(500));
        QVERIFY(waiting() > 0);
        idle(someTime + std::chrono::seconds(2));
        QCOMPARE(waiting(), 0);
        addChecks(groups, 1);
        idle(someTime + std::chrono::seconds(2));
        QCOMPARE(waiting(), 1);
        idle(someTime - std::chrono::hours(1)); // the clock was set back
        QCOMPARE(waiting(), 0);
    }

    void deltas_doNotPileUpBesideWrites()
    {
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        addChecks(groups, 2'000);
        for (int i = 0; i < 60; ++i) {
            addChecks(groups, 30);
            QVERIFY(groups.begin());
            QVERIFY(upkeep.besideWrites(*groups, someTime).has_value());
            QVERIFY(groups.commit());
            QVERIFY(waiting() <= 2'048 + 30);
        }
        QVERIFY(deltas() <= 2'048 + 30 + 1'024);
    }

    /// Those who write pay for what has come meanwhile, and for more only where very much waits.
    void foldingBesideAGroup_isBounded_data()
    {
        QTest::addColumn<int>("waitingBefore");
        QTest::addColumn<int>("principles"); // of each delta; 512 are folded at a time
        QTest::addColumn<int>("left");
        const auto row = [](int waitingBefore, int principles, int left) {
            QTest::addRow("%d, each of %d", waitingBefore, principles) << waitingBefore << principles << left;
        };
        row(2'048, 0, 2'048);
        row(2'049, 0, 2'049 - 32);
        row(2'064, 0, 2'064 - 32);
        row(2'065, 0, 2'065 - 34);
        row(3'000, 0, 3'000 - 2 * 952);
        row(3'000, 1, 3'000 - 512);
        row(8'192, 100, 8'192 - 5);
        row(8'193, 100, 8'193 - 5);
        row(8'204, 100, 8'204 - 3 * 5);
        row(9'000, 0, 0);
    }

    void foldingBesideAGroup_isBounded()
    {
        QFETCH(const int, waitingBefore);
        QFETCH(const int, principles);
        QFETCH(const int, left);
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        addDeltas(groups, waitingBefore, principles);
        QVERIFY(groups.begin());
        QVERIFY(upkeep.besideWrites(*groups, someTime).has_value());
        QVERIFY(groups.commit());
        QCOMPARE(waiting(), left);
    }

    void foldingWhileIdle_isBounded_data()
    {
        QTest::addColumn<int>("principles");
        QTest::addColumn<int>("folded");
        QTest::newRow("none") << 0 << 32;
        QTest::newRow("one each") << 1 << 32;
        QTest::newRow("a hundred each") << 100 << 5;
        QTest::newRow("two hundred each") << 200 << 2;
    }

    void foldingWhileIdle_isBounded()
    {
        QFETCH(const int, principles);
        QFETCH(const int, folded);
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        addDeltas(groups, 100, principles);
        QVERIFY(groups.begin());
        QVERIFY(upkeep.whileIdle(*groups, someTime).value());
        QVERIFY(groups.commit());
        QCOMPARE(waiting(), 100 - folded);
    }

    void answers_areLookedAtAgainAfterARollback()
    {
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {{}, std::chrono::hours(1)}, 1);
        const Timestamp later = someTime + std::chrono::hours(2);
        QVERIFY(groups.begin());
        QVERIFY(groups->outcomes().remember("a", {"r", "outcome"}, someTime).has_value());
        QVERIFY(groups.commit());
        QVERIFY(groups.begin());
        QVERIFY(upkeep.besideWrites(*groups, later).has_value());
        QCOMPARE(answerCount(), 0);
        groups.undo();
        QCOMPARE(answerCount(), 1);
        upkeep.lookAgain();
        QVERIFY(groups.begin());
        QVERIFY(upkeep.besideWrites(*groups, later).has_value());
        QCOMPARE(answerCount(), 0);
    }

    /// A step takes about as long whatever the checks have.
    void checksWithManyViolations_goInSmallerSteps()
    {
        CheckWriter table(*m_database);
        QVERIFY(m_database->execute("BEGIN").has_value());
        for (int i = 0; i < 20; ++i) {
            Check check;
            check.id = QString::number(i);
            check.timestamp = someTime + std::chrono::seconds(i);
            check.violations = QList<Violation>(400, {QStringLiteral("P"), {}, Severity::Info, {}});
            QVERIFY(table.insert(check).has_value());
        }
        const Timestamp later = someTime + std::chrono::hours(1);
        const auto trim = [&](int most) {
            return table.removeOldest(later, table.due(later, most).value()).value();
        };
        QCOMPARE(trim(200), 13);
        QCOMPARE(table.find(QStringLiteral("12")).error().code, ErrorCode::NotFound);
        QVERIFY(table.find(QStringLiteral("13")).has_value());
        QCOMPARE(trim(1), 1);
        QCOMPARE(trim(200), 6);
        QCOMPARE(trim(200), 0);
        auto left = m_database->select("SELECT COUNT(*) FROM violations");
        QVERIFY(left && left->next());
        QCOMPARE(left->integer(0), 0);
    }
};

PRISM_TEST(UpkeepTest)

} // namespace tst_upkeep

#include "tst_upkeep.moc"
