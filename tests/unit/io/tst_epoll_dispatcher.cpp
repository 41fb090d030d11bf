#include "server/io/epoll_dispatcher.h"
#include "tests/support/test_program.h"

#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_epoll_dispatcher {

using prism::io::EpollDispatcher;

namespace {

/// A thread whose event loop is the dispatcher under test, and an object that lives there.
class Loop
{
public:
    Loop()
    {
        m_thread.setEventDispatcher(new EpollDispatcher);
        context.moveToThread(&m_thread);
        m_thread.start();
    }

    ~Loop()
    {
        m_thread.quit();
        m_thread.wait();
    }

    /// Runs something there and waits for it.
    template <typename Work>
    void run(Work work)
    {
        QMetaObject::invokeMethod(&context, work, Qt::BlockingQueuedConnection);
    }

    QObject context;

private:
    QThread m_thread;
};

struct Pair
{
    Pair() { made = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0; }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }

    int ends[2] = {-1, -1};
    bool made = false;
};

} // namespace

class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void postedCalls_arriveInOrder()
    {
        Loop loop;
        std::vector<int> seen;
        std::atomic<int> count{0};
        for (int i = 0; i < 1000; ++i)
            QMetaObject::invokeMethod(
                &loop.context,
                [&seen, &count, i] {
                    seen.push_back(i);
                    ++count;
                },
                Qt::QueuedConnection);
        QTRY_COMPARE(count.load(), 1000);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(seen[std::size_t(i)], i);
    }

    void callsThatPostCalls_areNotForgotten()
    {
        Loop loop;
        std::atomic<int> left{5000};
        std::function<void()> again = [&] {
            if (--left > 0)
                QMetaObject::invokeMethod(&loop.context, again, Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(&loop.context, again, Qt::QueuedConnection);
        QTRY_COMPARE(left.load(), 0);
    }

    /// A call may come just while the loop takes note of the one before. Each caller waits for each of its
    /// calls, so that one that is forgotten stops it for ever.
    void wakeUps_areNeverForgotten()
    {
        for (int round = 0; round < 20; ++round) {
            Loop loop;
            std::atomic<int> heard{0};
            const auto call = [&] {
                for (int i = 0; i < 2000; ++i) {
                    const int before = heard;
                    QMetaObject::invokeMethod(
                        &loop.context, [&] { ++heard; }, Qt::QueuedConnection);
                    for (int spin = 0; spin < i % 200; ++spin)
                        std::atomic_signal_fence(std::memory_order_seq_cst);
                    QMetaObject::invokeMethod(
                        &loop.context, [&] { ++heard; }, Qt::QueuedConnection);
                    while (heard == before)
                        QThread::yieldCurrentThread();
                }
            };
            const std::unique_ptr<QThread> caller(QThread::create(call));
            caller->start();
            QTRY_COMPARE_WITH_TIMEOUT(heard.load(), 4000, 5000);
            caller->wait();
        }
    }

    void timers_fireInTheOrderOfTheirDeadlines()
    {
        Loop loop;
        std::vector<int> fired;
        std::atomic<int> count{0};
        loop.run([&] {
            for (const int ms : {60, 20, 40, 0})
                QTimer::singleShot(ms, Qt::PreciseTimer, &loop.context, [&, ms] {
                    fired.push_back(ms);
                    ++count;
                });
        });
        QTRY_COMPARE(count.load(), 4);
        QCOMPARE(fired, std::vector<int>({0, 20, 40, 60}));
    }

    void timer_repeatsUntilItIsStopped()
    {
        Loop loop;
        std::unique_ptr<QTimer> timer;
        std::atomic<int> count{0};
        loop.run([&] {
            timer = std::make_unique<QTimer>();
            QObject::connect(timer.get(), &QTimer::timeout, &loop.context, [&] {
                if (++count == 3)
                    timer->stop();
            });
            timer->start(2);
        });
        QTRY_COMPARE(count.load(), 3);
        bool isActive = true;
        int remaining = 0;
        loop.run([&] {
            isActive = timer->isActive();
            remaining = timer->remainingTime();
            timer.reset();
        });
        QVERIFY(!isActive);
        QCOMPARE(remaining, -1);
        QCOMPARE(count.load(), 3);
    }

    void timer_thatIsDueAlways_doesNotStarveTheRest()
    {
        Loop loop;
        std::unique_ptr<QTimer> timer;
        std::atomic<int> turns{0};
        std::atomic<bool> called{false};
        loop.run([&] {
            timer = std::make_unique<QTimer>();
            QObject::connect(timer.get(), &QTimer::timeout, &loop.context, [&] { ++turns; });
            timer->start(0);
        });
        QTRY_VERIFY(turns > 100);
        QMetaObject::invokeMethod(
            &loop.context, [&] { called = true; }, Qt::QueuedConnection);
        QTRY_VERIFY(called);
        loop.run([&] { timer.reset(); });
    }

    void readable_isToldUntilItIsRead()
    {
        Loop loop;
        const Pair pair;
        QVERIFY(pair.made);
        std::unique_ptr<QSocketNotifier> notifier;
        std::atomic<int> told{0};
        std::atomic<int> bytes{0};
        loop.run([&] {
            notifier = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
            QObject::connect(notifier.get(), &QSocketNotifier::activated, &loop.context, [&] {
                char byte = 0;
                if (::read(pair.ends[0], &byte, 1) == 1)
                    ++bytes;
                ++told;
            });
        });
        QCOMPARE(::write(pair.ends[1], "abc", 3), ssize_t(3));
        QTRY_COMPARE(bytes.load(), 3);
        QCOMPARE(told.load(), 3);
        loop.run([&] { notifier.reset(); });
    }

    void disabledNotifier_isSilent_untilItIsEnabled()
    {
        Loop loop;
        const Pair pair;
        std::unique_ptr<QSocketNotifier> reader;
        std::unique_ptr<QSocketNotifier> writer;
        std::atomic<int> read{0};
        std::atomic<int> written{0};
        loop.run([&] {
            reader = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
            writer = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Write);
            reader->setEnabled(false);
            QObject::connect(reader.get(), &QSocketNotifier::activated, &loop.context, [&] {
                ++read;
                reader->setEnabled(false);
            });
            QObject::connect(writer.get(), &QSocketNotifier::activated, &loop.context, [&] {
                ++written;
                writer->setEnabled(false);
            });
        });
        QCOMPARE(::write(pair.ends[1], "a", 1), ssize_t(1));
        QTRY_COMPARE(written.load(), 1);
        QCOMPARE(read.load(), 0);
        loop.run([&] { reader->setEnabled(true); });
        QTRY_COMPARE(read.load(), 1);
        loop.run([&] { writer->setEnabled(true); });
        QTRY_COMPARE(written.load(), 2);
        loop.run([&] {
            reader.reset();
            writer.reset();
        });
    }

    void descriptorNumber_thatIsUsedAgain_isWatchedAnew()
    {
        Loop loop;
        std::atomic<int> told{0};
        std::unique_ptr<QSocketNotifier> notifier;
        for (int round = 0; round < 50; ++round) {
            const Pair pair;
            loop.run([&] {
                notifier = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
                QObject::connect(notifier.get(), &QSocketNotifier::activated, &loop.context, [&] {
                    ++told;
                    notifier->setEnabled(false);
                });
            });
            QCOMPARE(::write(pair.ends[1], "a", 1), ssize_t(1));
            QTRY_COMPARE(told.load(), round + 1);
            loop.run([&] { notifier.reset(); });
        }
    }

    void peerThatGoes_isTold()
    {
        Loop loop;
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        std::unique_ptr<QSocketNotifier> notifier;
        std::atomic<bool> ended{false};
        loop.run([&] {
            notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
            QObject::connect(notifier.get(), &QSocketNotifier::activated, &loop.context, [&] {
                char byte = 0;
                ended = ::read(ends[0], &byte, 1) == 0;
                notifier->setEnabled(false);
            });
        });
        ::close(ends[1]);
        QTRY_VERIFY(ended);
        loop.run([&] { notifier.reset(); });
        ::close(ends[0]);
    }
};

PRISM_TEST(TestEpollDispatcher)

} // namespace tst_epoll_dispatcher

#include "tst_epoll_dispatcher.moc"
