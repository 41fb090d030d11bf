#include "server/store/migrations.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/transaction.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace tst_recent_quarters {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Figures;
using prism::store::Result;

/// What is kept of today and yesterday against what the table says.
class RecentQuartersTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(u"t.db"_s);
        m_database = *sqlite::WriteConnection::open(file);
        QVERIFY(migrate(*m_database).has_value());
        m_reader = *sqlite::ReadConnection::open(file);
        m_groups = std::make_unique<Groups>(*m_database);
        m_now = now();
        m_nextId = 0;
    }

    void cleanup()
    {
        m_groups.reset();
        m_reader.reset();
        m_database.reset();
    }

    void eachWrite_isInTheNextAnswer()
    {
        RollupSource source(*m_reader, QTimeZone::utc());
        for (const std::chrono::minutes age : std::initializer_list<std::chrono::minutes>{
                 0min, 5min, 20min, 61min, 14h, 23h, 25h, 47h, 49h, 80h, 20min, 0min, 49h}) {
            write(m_now - age);
            if (age > 24h)
                fold();
            compare(source, 1h);
            compare(source, 24h);
        }
    }

    void mark_isInTheNextAnswer()
    {
        RollupSource source(*m_reader, QTimeZone::utc());
        const QString id = write(m_now - 3h);
        compare(source, 1h);
        QVERIFY(m_groups->begin());
        QVERIFY((*m_groups)->markViolation(id, 0, true).has_value());
        commit();
        compare(source, 1h);
    }

    void figures_comeFromTheTableOncePerChange()
    {
        write(m_now - 1h);
        RollupReader table(*m_reader);
        DeltaTail tail(*m_reader);
        RecentQuarters recent(table, tail);
        QVERIFY(tail.advance().has_value());
        const auto checks = [&](Timestamp from) {
            qint64 sum = 0;
            recent.forEach({from, m_now + 1h}, [&](Timestamp, const Figures& each) { sum += each.checks; });
            return sum;
        };
        QVERIFY(!recent.reachBackTo(m_now - 30h));
        recent.keepFrom(m_now - 30h);
        QVERIFY(recent.reachBackTo(m_now - 30h));
        QVERIFY(!recent.reachBackTo(m_now - 31h));
        QCOMPARE(checks(m_now - 30h), 1);

        write(m_now - 2h);
        QVERIFY(tail.advance().value());
        recent.keepFrom(m_now - 30h);
        QCOMPARE(checks(m_now - 30h), 1); // nobody has said that anything changed
        tail.forEachAfter(1, [&recent](const StoredDelta& delta) { recent.add(delta); });
        QCOMPARE(checks(m_now - 30h), 2);
        recent.keepFrom(m_now - 20h);
        QCOMPARE(checks(m_now - 30h), 2);
        recent.forget();
        QVERIFY(!recent.reachBackTo(m_now));
    }

    void answers_useWhatIsKept()
    {
        RollupSource source(*m_reader, QTimeZone::utc());
        write(m_now - 1min);
        fold();
        compare(source, 1h);
        QVERIFY(m_database->execute("DELETE FROM quarter_rollups").has_value()); // behind its back
        const auto snapshot = Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        QVERIFY(source.refresh().has_value());
        const Timestamp yesterday = std::chrono::floor<std::chrono::days>(m_now) - 24h;
        const auto figures = source.figures({yesterday, yesterday + 1h}, yesterday + 48h);
        QVERIFY(figures.has_value());
        QCOMPARE((*figures)[0].checks + (*figures)[1].checks, 1);
    }

    void damagedQuarter_isAnErrorForThoseWhoAskForIt()
    {
        write(m_now - 3h);
        fold();
        QVERIFY(m_database->execute("UPDATE quarter_rollups SET figures = x'00'").has_value());
        write(m_now - 50h);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the rollup of .* is damaged"_s));
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the rollup of .* is damaged"_s));
        RollupSource source(*m_reader, QTimeZone::utc());
        const auto snapshot = Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        QVERIFY(source.refresh().has_value());
        QCOMPARE(source.figures({m_now - 4h, m_now - 2h}, m_now).error().code, ErrorCode::Unavailable);
        const auto before = source.figures({m_now - 51h, m_now - 50h}, m_now - 49h);
        QVERIFY(before.has_value());
        QCOMPARE((*before)[0].checks + (*before)[1].checks, 1);
    }

private:
    QString write(Timestamp time)
    {
        Check check;
        check.id = u"check-%1"_s.arg(m_nextId++);
        check.timestamp = time;
        check.status = CheckStatus::Warning;
        check.duration = 5;
        check.violations.append({u"P1"_s, {}, Severity::Warning, {}, false});
        if (!m_groups->begin() || !(*m_groups)->addCheck(check, {false}))
            qFatal("cannot write");
        commit();
        return check.id;
    }

    void commit()
    {
        QVERIFY(m_groups->announce("{}", m_now, event_type::checkCompleted));
        QVERIFY(m_groups->commit());
    }

    void fold()
    {
        QVERIFY(m_groups->begin());
        QVERIFY(RollupFolder(*m_database, QTimeZone::utc()).fold(1'000).has_value());
        QVERIFY(m_groups->commit());
    }

    /// Each bucket of the last days, from what is kept and from all the rows of the table.
    void compare(RollupSource& source, std::chrono::hours step)
    {
        const auto snapshot = Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        QVERIFY(source.refresh().has_value());
        const Timestamp end = std::chrono::floor<std::chrono::days>(m_now) + 24h;
        for (const Timestamp begin : {end - 24h, end - 48h, end - 96h}) {
            std::vector<Timestamp> starts;
            for (Timestamp start = begin; start < end; start += step)
                starts.push_back(start);
            const auto figures = source.figures(starts, end);
            QVERIFY(figures.has_value());
            std::vector<Figures> expected(starts.size());
            const auto add = [&](Timestamp quarter, const Figures& each) {
                expected[std::size_t((quarter - begin) / step)] += each;
            };
            QVERIFY(RollupReader(*m_reader).forEachQuarter({begin, end}, add).has_value());
            DeltaReader deltas(*m_reader);
            QVERIFY(deltas
                        .forEachAfter(deltas.extent()->folded,
                                      [&](const StoredDelta& each) {
                                          if (each.quarter >= begin && each.quarter < end)
                                              add(each.quarter, each.delta.rollup.all().figures);
                                          return true;
                                      })
                        .has_value());
            QVERIFY(*figures == expected);
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    std::unique_ptr<ReadConnection> m_reader;
    std::unique_ptr<Groups> m_groups;
    Timestamp m_now{};
    int m_nextId = 0;
};

PRISM_TEST(RecentQuartersTest)

} // namespace tst_recent_quarters

#include "tst_recent_quarters.moc"
