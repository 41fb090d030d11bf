#include "server/store/writing/write_queue.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <thread>

namespace tst_write_queue {

using namespace prism::store;

namespace {

/// So many slices, of nothing.
struct Counted : Slices
{
    explicit Counted(int count)
        : left(count)
    {
    }

    bool areDone() const override { return left == 0; }
    void writeNext(Transaction&) override {}

    int left;
};

} // namespace

class WriteQueueTest : public QObject
{
    Q_OBJECT

    static void submit(WriteQueue& queue, std::vector<Result<int>>& answers)
    {
        queue.submit<int>([](Transaction&) -> Result<int> { return 7; },
                          [&answers](const Result<int>& answer) { answers.push_back(answer); });
    }

private slots:
    void writeOverTheLimit_isRefusedAtOnce()
    {
        WriteQueue queue({2, 100000, 100000});
        std::vector<Result<int>> answers;
        for (int i = 0; i < 3; ++i)
            submit(queue, answers);
        QCOMPARE(answers.size(), 1U);
        QCOMPARE(answers[0].error().code, ErrorCode::Unavailable);
        QCOMPARE(queue.take({10, 1000, 1000}, std::chrono::seconds(5)).size(), 2U);
        submit(queue, answers);
        QCOMPARE(answers.size(), 1U);
    }

    void writeAloneOverALimit_isTakenWhenNothingElseWaits_data()
    {
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("rows") << quint64(101) << quint64(1);
        QTest::newRow("bytes") << quint64(1) << quint64(1001);
        QTest::newRow("both") << quint64(5000) << quint64(5000);
    }

    void writeAloneOverALimit_isTakenWhenNothingElseWaits()
    {
        QFETCH(const quint64, rows);
        QFETCH(const quint64, bytes);
        WriteQueue queue({10, 100, 1000});
        std::vector<Result<int>> answers;
        const auto submitLarge = [&] {
            queue.submit<int>([](Transaction&) -> Result<int> { return 7; },
                              [&answers](const Result<int>& answer) { answers.push_back(answer); },
                              {1, rows, bytes});
        };
        for (int round = 0; round < 2; ++round) {
            submitLarge();
            QVERIFY(answers.empty());
            QCOMPARE(queue.level().waiting.rows, rows);
            // Behind it there is no room, not even for a small one.
            submit(queue, answers);
            QCOMPARE(answers.size(), 1U);
            QCOMPARE(answers[0].error().code, ErrorCode::Unavailable);
            answers.clear();
            // However little is asked for, one is given out.
            QCOMPARE(queue.take({1, 1, 1}, std::chrono::seconds(5)).size(), 1U);
            QCOMPARE(queue.level().waiting.rows, 0U);
            QCOMPARE(queue.level().waiting.bytes, 0U);
        }
        submit(queue, answers);
        submitLarge();
        QCOMPARE(answers.size(), 1U);
    }

    void level_tellsWhatWaitsAndWhatFoundNoRoom()
    {
        WriteQueue queue({2, 100000, 100000});
        std::vector<Result<int>> answers;
        for (int i = 0; i < 5; ++i)
            submit(queue, answers);
        QCOMPARE(queue.level().waiting.jobs, 2U);
        QCOMPARE(queue.level().limit.jobs, 2U);
        QCOMPARE(queue.level().refusals, 3U);
        (void)queue.take({10, 1000, 1000}, std::chrono::seconds(5));
        QCOMPARE(queue.level().waiting.jobs, 0U);
        queue.close();
        submit(queue, answers);
        QCOMPARE(queue.level().refusals, 3U);
    }

    void closedQueue_refusesButGivesOutWhatItHas()
    {
        WriteQueue queue({10, 100000, 100000});
        std::vector<Result<int>> answers;
        submit(queue, answers);
        queue.close();
        submit(queue, answers);
        QCOMPARE(answers.size(), 1U);
        QCOMPARE(queue.take({10, 1000, 1000}, std::chrono::seconds(5)).size(), 1U);
        QVERIFY(queue.take({10, 1000, 1000}, std::chrono::seconds(5)).empty());
    }

    void take_givesNoMoreThanAskedFor()
    {
        WriteQueue queue({10, 100000, 100000});
        std::vector<Result<int>> answers;
        for (int i = 0; i < 5; ++i)
            submit(queue, answers);
        QCOMPARE(queue.take({3, 1000, 1000}, std::chrono::seconds(5)).size(), 3U);
        QCOMPARE(queue.take({3, 1000, 1000}, std::chrono::seconds(5)).size(), 2U);
    }

    void writesInSlices_takeTurnsBesideTheOthers()
    {
        WriteQueue queue({10, 100, 1000});
        std::vector<Result<int>> answers;
        const auto submitSliced = [&](std::size_t rows, int count) {
            queue.submit<int>([](Transaction&) -> Result<int> { return 7; },
                              [&answers](const Result<int>& answer) { answers.push_back(answer); },
                              {1, rows, 0}, std::make_shared<Counted>(count));
        };
        submitSliced(50, 2);
        submitSliced(5'000, 1); // behind another one: there is no room
        QCOMPARE(answers.size(), 1U);
        submitSliced(40, 1);
        submit(queue, answers); // those in slices keep nobody out
        QCOMPARE(queue.level().waiting.rows, 91U);
        const auto takeOne = [&] {
            std::vector<WriteJob> jobs = queue.take({10, 1000, 1000}, std::chrono::seconds(5));
            return std::move(jobs.back());
        };
        std::vector<WriteJob> group = queue.take({10, 1000, 1000}, std::chrono::seconds(5));
        QCOMPARE(group.size(), 2U);
        QVERIFY(!group[0].isSlice && group[1].isSlice);
        QCOMPARE(queue.level().waiting.rows, 90U); // it is not done
        static_cast<Counted&>(*group[1].slices).left = 1;
        queue.putBack(std::move(group[1]));
        WriteJob second = takeOne();
        QCOMPARE(second.weight.rows, 40U);
        static_cast<Counted&>(*second.slices).left = 0;
        queue.putBack(std::move(second));
        WriteJob first = takeOne();
        QVERIFY(first.isSlice);
        queue.giveUp(first);
        QCOMPARE(queue.level().waiting.rows, 40U);
        QVERIFY(!takeOne().isSlice);
        QCOMPARE(queue.level().waiting.rows, 0U);
    }

    void writesOfManyThreads_allArrive()
    {
        WriteQueue queue({100000, 100000, 100000});
        std::vector<Result<int>> refused;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&queue, &refused] {
                for (int i = 0; i < 1000; ++i)
                    submit(queue, refused);
            });
        std::size_t taken = 0;
        while (taken < 4000)
            taken += queue.take({64, 1000, 1000}, std::chrono::seconds(5)).size();
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(taken, 4000U);
        QVERIFY(refused.empty());
    }
};

PRISM_APPLESS_TEST(WriteQueueTest)

} // namespace tst_write_queue

#include "tst_write_queue.moc"
