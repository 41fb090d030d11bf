#include "server/http/buckets.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <limits>
#include <thread>
#include <vector>

namespace tst_buckets {

using prism::http::Buckets;
using namespace std::chrono_literals;

class BucketsTest : public QObject
{
    Q_OBJECT

    const Buckets::Clock::time_point m_now{1h};

    /// How many of `tries` there were.
    static int taken(Buckets& buckets, Buckets::Key key, Buckets::Clock::time_point now, int tries)
    {
        int count = 0;
        for (int i = 0; i < tries; ++i)
            count += buckets.take(key, 1, now).isWithin ? 1 : 0;
        return count;
    }

private slots:
    void bucket_isFullAtFirst_andFillsUpAgain_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<int>("more");
        QTest::newRow("at once") << 0 << 0;
        QTest::newRow("not yet") << 199 << 0;
        QTest::newRow("one") << 200 << 1;
        QTest::newRow("a second") << 1'000 << 5;
        QTest::newRow("whole") << 10'000 << 50;
        QTest::newRow("never more than whole") << 3'600'000 << 50;
    }

    void bucket_isFullAtFirst_andFillsUpAgain()
    {
        QFETCH(const int, milliseconds);
        QFETCH(const int, more);
        Buckets buckets({5});
        QCOMPARE(taken(buckets, 1, m_now, 100), 50);
        QCOMPARE(buckets.refusals(), 50U);
        QCOMPARE(taken(buckets, 1, m_now + std::chrono::milliseconds(milliseconds), 100), more);
    }

    void level_saysHowMuchAndWhen()
    {
        Buckets buckets({5});
        Buckets::Level level = buckets.take(1, 10, m_now);
        QVERIFY(level.isWithin);
        QCOMPARE(level.left, 40);
        QVERIFY(level.full == 2s);
        level = buckets.take(1, 40, m_now);
        QCOMPARE(level.left, 0);
        level = buckets.take(1, 2, m_now);
        QVERIFY(!level.isWithin);
        QVERIFY(level.enough == 400ms);
        QVERIFY(buckets.take(1, 2, m_now + 400ms).isWithin);
        QVERIFY(!buckets.take(2, 51, m_now).isWithin); // more than there ever is
    }

    void whatWasUsed_isMissingToTheNext()
    {
        Buckets buckets({5});
        buckets.charge(1, 80, m_now);
        QVERIFY(!buckets.take(1, 0, m_now).isWithin);
        QVERIFY(!buckets.take(1, 0, m_now + 5'999ms).isWithin);
        QVERIFY(buckets.take(1, 0, m_now + 6s).isWithin);
        QVERIFY(!buckets.take(1, 1, m_now + 6s).isWithin);
        QVERIFY(buckets.take(2, 50, m_now).isWithin);
    }

    void muchThatWasUsed_isMissingForAMinuteAtMost()
    {
        Buckets buckets({1, 10s});
        for (int i = 0; i < 20; ++i)
            buckets.charge(7, std::numeric_limits<qint64>::max(), m_now);
        QVERIFY(!buckets.take(7, 1, m_now).isWithin);
        QVERIFY(!buckets.take(7, 1, m_now + 60s).isWithin);
        QVERIFY(buckets.take(7, 1, m_now + 61s).isWithin);
    }

    void withoutALimit_nothingIsCounted()
    {
        Buckets buckets({0});
        QVERIFY(!buckets.isLimited());
        QCOMPARE(taken(buckets, 1, m_now, 1'000), 1'000);
        buckets.charge(1, 1'000'000, m_now);
        QCOMPARE(buckets.size(), 0U);
    }

    /// However many there are, one after the other or at once.
    void keys_areRememberedWhileTheyAreInUse_andNoMoreThanMay()
    {
        Buckets buckets({1'000}, 1'600);
        Buckets::Clock::time_point now = m_now;
        for (Buckets::Key key = 0; key < 200'000; ++key, now += 100us) {
            QVERIFY(buckets.take(key * 0x9e3779b97f4a7c15U, 1, now).isWithin);
            QVERIFY(buckets.size() <= 1'600);
        }
        Buckets busy({1}, 1'600);
        int within = 0;
        for (Buckets::Key key = 0; key < 200'000; ++key)
            within += busy.take(key * 0x9e3779b97f4a7c15U, 10, m_now).isWithin ? 1 : 0;
        QCOMPARE(busy.size(), 1'600U);
        QCOMPARE(within, 1'600 + 16); // those who are not remembered share one in each part
        QVERIFY(busy.take(1, 10, m_now + 11s).isWithin);
        QVERIFY(busy.size() < 1'600U);
    }

    /// A clock that was read earlier, on another thread, neither gives nor takes anything.
    void clockOfAMomentAgo_changesNothing()
    {
        Buckets buckets({5});
        QCOMPARE(taken(buckets, 1, m_now, 100), 50);
        QCOMPARE(taken(buckets, 1, m_now - 1s, 10), 0);
        QCOMPARE(taken(buckets, 1, m_now + 1s, 10), 5);
    }

    void threads_takeNoMoreThanThereIs()
    {
        Buckets buckets({100});
        std::atomic<int> within{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] { within += taken(buckets, 1, m_now, 1'000); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(within.load(), 1'000);
    }
};

PRISM_TEST(BucketsTest)

} // namespace tst_buckets

#include "tst_buckets.moc"
