#include "server/api/read_pool.h"
#include "server/api/reading.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_read_pool {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using api::Effort;
using api::ReadPool;

namespace {

enum class End { ClientGoes, TimeIsOver, Hurry, Stop };
enum class Work { Asks, Sql };

/// A read that has no end of its own.
void workOn(api::Reading& reading, Work work)
{
    if (work == Work::Asks) {
        while (!reading.patience.isOver())
            std::this_thread::yield();
        return;
    }
    (void)reading.numbers.database.select("WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 "
                                          "FROM endless) SELECT count(*) FROM endless");
}

} // namespace

/// Reads in the middle of what they do, on a real database.
class ReadPoolTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::sqlite::Database> m_file;
    http::AnswerBell m_bell;
    statistics::Findings m_findings;
    api::NoiseBook m_noise{[](const api::NoiseBook::Work&) {}, [] {}};
    const realtime::Backlog m_backlog{0, 1, 1};
    const QString m_epoch = u"e"_s;
    const QTimeZone m_zone = QTimeZone::utc();

    std::unique_ptr<ReadPool> open(const api::ReadLimits& limits)
    {
        auto pool =
            ReadPool::open({*m_file, m_epoch, m_zone, m_noise, m_backlog, m_bell, m_findings}, limits);
        return pool ? std::move(*pool) : nullptr;
    }

private slots:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(u"t.db"_s);
        const auto database = store::sqlite::WriteConnection::open(file);
        QVERIFY(database && store::migrate(**database));
        m_file = std::make_unique<store::sqlite::Database>(file);
    }

    void endlessRead_isBrokenOff_data()
    {
        QTest::addColumn<Work>("work");
        QTest::addColumn<End>("end");
        QTest::addColumn<Effort>("effort");
        for (const auto& [what, work] :
             {std::pair("asks", Work::Asks), std::pair("the database", Work::Sql)}) {
            for (const auto& [how, end] :
                 {std::pair("its client goes", End::ClientGoes),
                  std::pair("its time is over", End::TimeIsOver), std::pair("the server hurries", End::Hurry),
                  std::pair("the server stops", End::Stop)}) {
                QTest::addRow("%s: %s", what, how) << work << end << Effort::Open;
                if (end != End::Hurry)
                    QTest::addRow("%s, bounded: %s", what, how) << work << end << Effort::Bounded;
            }
        }
    }

    void endlessRead_isBrokenOff()
    {
        QFETCH(const Work, work);
        QFETCH(const End, end);
        QFETCH(const Effort, effort);
        api::ReadLimits limits;
        limits.patience = end == End::TimeIsOver ? 50ms : 1h;
        const auto pool = open(limits);
        QVERIFY(pool);
        const auto client = std::make_shared<http::Presence>();
        std::atomic<bool> isOver{false};
        std::optional<protocol::Error> reason;
        pool->submit({QHostAddress::LocalHost, effort, 0, pool->patience(client, effort),
                      [&](api::Reading& reading) {
                          workOn(reading, work);
                          reason = reading.patience.reason();
                          isOver = true;
                      },
                      [](const protocol::Error&) {}});
        if (end != End::TimeIsOver)
            QTRY_COMPARE(pool->level().running, 1);
        if (end == End::ClientGoes)
            client->end();
        else if (end == End::Hurry)
            pool->hurry();
        else if (end == End::Stop)
            pool->stop();
        QTRY_VERIFY(isOver);
        QVERIFY(reason);
        QTRY_COMPARE(pool->level().abandoned, quint64(end == End::ClientGoes));
        QTRY_COMPARE(pool->level().late, quint64(end != End::ClientGoes));
        QCOMPARE(pool->level().running, 0);
        QCOMPARE(pool->level().done, quint64(0));
    }

    void readerOfABrokenOffRead_readsOn()
    {
        api::ReadLimits limits;
        limits.patience = 50ms;
        const auto pool = open(limits);
        QVERIFY(pool);
        std::atomic<int> counted{0};
        const auto submit = [&](const std::function<void(api::Reading&)>& work) {
            pool->submit({QHostAddress::LocalHost, Effort::Open, 0, pool->patience({}, Effort::Open), work,
                          [](const protocol::Error&) {}});
        };
        submit([](api::Reading& reading) { workOn(reading, Work::Sql); });
        QTRY_COMPARE(pool->level().late, quint64(1));
        submit([&counted](api::Reading& reading) {
            auto rows = reading.numbers.database.select("SELECT 42");
            counted = rows && rows->next() ? int(rows->integer(0)) : -1;
        });
        QTRY_COMPARE(counted.load(), 42);
    }
};

PRISM_TEST(ReadPoolTest)

} // namespace tst_read_pool

#include "tst_read_pool.moc"
