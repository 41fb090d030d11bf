#include "client/ui/application/watched_application.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

namespace tst_watched_application {

using namespace prism;
using namespace std::chrono_literals;
using ui::WatchedApplication;

/// The watch over the GUI thread, in the application that it is part of.
class TestWatchedApplication : public QObject
{
    Q_OBJECT

public:
    explicit TestWatchedApplication(WatchedApplication& application)
        : m_application(application)
    {
        connect(&application, &WatchedApplication::stalled, this,
                [this](const ui::Stall& stall) { m_stalls.append(stall); });
    }

private slots:
    void init();

    void longEvent_isReportedWithWhoTookIt();
    void waiting_isAStallWithoutWork();
    void shortEvents_areNot();
    void dialogWithinAnEvent_isNoStall_butWhatItDeliversIs();
    void otherThreads_areNotWatched();
    void off_reportsNothing();

private:
    static void work(std::chrono::milliseconds time);
    void later(const std::function<void()>& what);

    WatchedApplication& m_application;
    QObject m_worker;
    QList<ui::Stall> m_stalls;
};

void TestWatchedApplication::init()
{
    m_worker.setObjectName(QStringLiteral("worker"));
    m_application.setLimit(16ms);
    m_application.forgetStalls();
    m_stalls.clear();
}

void TestWatchedApplication::work(std::chrono::milliseconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
    }
}

/// In an event of its own, in a loop like the application's.
void TestWatchedApplication::later(const std::function<void()>& what)
{
    QEventLoop loop;
    QMetaObject::invokeMethod(&m_worker, what, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    loop.exec();
}

void TestWatchedApplication::longEvent_isReportedWithWhoTookIt()
{
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral(
                             "stood still for \\d+ ms, \\d+ of them at work: MetaCall of QObject/worker")));
    later([] { work(60ms); });
    QCOMPARE(m_stalls.size(), 1);
    QVERIFY(m_stalls[0].duration >= 60ms);
    QVERIFY(m_stalls[0].work > 0ms && m_stalls[0].work <= m_stalls[0].duration);
    QCOMPARE(m_stalls[0].receiver, QStringLiteral("QObject/worker"));
    QCOMPARE(m_stalls[0].event, int(QEvent::MetaCall));
    QVERIFY(m_application.longest() >= 60ms);
    QCOMPARE(m_application.stallCount(), 1);
}

void TestWatchedApplication::waiting_isAStallWithoutWork()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("stood still")));
    later([] { QThread::msleep(60); }); // what somebody writes who waits for a disk, say
    QCOMPARE(m_stalls.size(), 1);
    QVERIFY(m_stalls[0].work < 30ms);
    QVERIFY(m_application.mostWork() < 30ms);
}

void TestWatchedApplication::shortEvents_areNot()
{
    m_application.setLimit(10s);
    for (int i = 0; i < 20; ++i)
        later([] { work(1ms); });
    QVERIFY(m_stalls.isEmpty());
    QVERIFY(m_application.longest() >= 1ms);
    QCOMPARE(m_application.stallCount(), 0);
}

void TestWatchedApplication::dialogWithinAnEvent_isNoStall_butWhatItDeliversIs()
{
    m_application.setLimit(150ms);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("stood still")));
    QObject opener;
    opener.setObjectName(QStringLiteral("opener"));
    QEventLoop application;
    QMetaObject::invokeMethod(
        &opener,
        [this, &application] {
            QEventLoop dialog; // open for longer than the limit
            QTimer::singleShot(300ms, &dialog, &QEventLoop::quit);
            QMetaObject::invokeMethod(
                &m_worker, [] { work(200ms); }, Qt::QueuedConnection);
            dialog.exec();
            application.quit();
        },
        Qt::QueuedConnection);
    application.exec();
    QStringList receivers;
    for (const ui::Stall& stall : m_stalls)
        receivers.append(stall.receiver);
    QVERIFY(receivers.contains(QStringLiteral("QObject/worker")));
    QVERIFY(!receivers.contains(QStringLiteral("QObject/opener")));
}

void TestWatchedApplication::otherThreads_areNotWatched()
{
    QThread thread;
    QObject elsewhere;
    elsewhere.moveToThread(&thread);
    thread.start();
    QEventLoop loop;
    QMetaObject::invokeMethod(
        &elsewhere,
        [&loop] {
            work(60ms);
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    m_application.setLimit(10s);
    loop.exec();
    thread.quit();
    QVERIFY(thread.wait());
    QVERIFY(m_application.longest() < 60ms);
}

void TestWatchedApplication::off_reportsNothing()
{
    m_application.setLimit(0ms);
    later([] { work(60ms); });
    QVERIFY(m_stalls.isEmpty());
    QCOMPARE(m_application.longest(), 0us);
}

namespace {

int run(int argc, char* argv[])
{
    WatchedApplication application(argc, argv, WatchedApplication::frame);
    TestWatchedApplication test(application);
    return QTest::qExec(&test, argc, argv);
}

} // namespace

PRISM_TEST_RUN(TestWatchedApplication, run)

} // namespace tst_watched_application

#include "tst_watched_application.moc"
