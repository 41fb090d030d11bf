#include "client/model/workspace.h"
#include "client/ui/window/connection_badge.h"
#include "tests/support/faulty_network.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

namespace tst_network_faults {

using namespace prism;
using namespace std::chrono_literals;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::FaultyNetwork;
using test::RestClient;
using test::ServerProcess;
using Traffic = test::FaultyNetwork::Traffic;

/// The dashboard's connection and models against a real server, with a network between them that fails:
/// nothing is missing or there twice afterwards, and meanwhile nobody is told more than is known.
class TestNetworkFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void cut_saysSoMeanwhile_andLeavesNoGapAndNoRepeat_data();
    void cut_saysSoMeanwhile_andLeavesNoGapAndNoRepeat();
    void cut_againAndAgainAmidWrites_leavesNoGapAndNoRepeat();
    void cut_forLongerThanTheServerRemembers_isOwnedUpTo();
    void sessionsAlone_cut_isPollingAndNotLive_data();
    void sessionsAlone_cut_isPollingAndNotLive();
    void delayed_isAsFarBehindAsItIs();
    void slow_isInOrderAndSaysHowFarBehind();
    void behind_isMeasuredOnTheServersClock_data();
    void behind_isMeasuredOnTheServersClock();

private:
    void open(const QStringList& serverArguments = {});
    bool write(int count);
    QString flaw() const;
    QString badge() const;

    /// The clock that the dashboard goes by: the real one, and what the test adds to it.
    struct TestClock
    {
        std::atomic<qint64> elapsed{0}; ///< time that passed in the test alone, in ms
        qint64 wrong = 0;               ///< how wrong the time of day is, in ms
    };

    TestClock m_clock;
    net::Options m_options;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<FaultyNetwork> m_network;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_written = 0;
};

void TestNetworkFaults::init()
{
    m_written = 0;
    m_clock.elapsed = 0;
    m_clock.wrong = 0;
    m_options = {};
    m_options.clock.now = [this] {
        return protocol::now() + std::chrono::milliseconds(m_clock.elapsed + m_clock.wrong);
    };
    m_options.clock.elapsed = [this, real = m_options.clock.elapsed] {
        return real() + std::chrono::milliseconds(m_clock.elapsed);
    };
    net::Timing& timing = m_options.timing;
    timing.requestDeadline = 3s;
    timing.requestIdle = 1s;
    timing.handshakeDeadline = 1s;
    timing.pingInterval = 100ms;
    timing.silenceLimit = 1500ms; // longer than a busy machine pauses
    timing.firstRetry = 50ms;
    timing.longestRetry = 100ms;
    timing.pollInterval = 50ms;
    timing.grace = 100ms;
}

void TestNetworkFaults::cleanup()
{
    m_tester.reset();
    m_workspace.reset();
    m_network.reset();
    m_server.reset();
}

void TestNetworkFaults::open(const QStringList& serverArguments)
{
    m_server = std::make_unique<ServerProcess>(serverArguments);
    QVERIFY(m_server->start());
    m_network = std::make_unique<FaultyNetwork>(m_server->httpPort());
    m_workspace = std::make_unique<Workspace>(m_network->url(), Period::All, m_options);
    m_tester = std::make_unique<QAbstractItemModelTester>(&m_workspace->activity());
    QSignalSpy loaded(&m_workspace->activity(), &QAbstractItemModel::modelReset);
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), FeedState::Live);
    QTRY_COMPARE(loaded.size(), 1);
    QTRY_VERIFY(m_workspace->dashboard().dashboard());
}

/// Straight to the server, as the network to the dashboard is another one.
bool TestNetworkFaults::write(int count)
{
    RestClient client(m_server->httpUrl());
    for (int i = 0; i < count; ++i) {
        const QJsonObject check{{QLatin1String("status"), QStringLiteral("PASS")},
                                {QLatin1String("duration"), 5}};
        if (client.post("/api/v1/gateway/checks", check).status / 100 != 2)
            return false;
        ++m_written;
    }
    return true;
}

/// Where the rows are not one unbroken order from the last written event on; empty when they are.
QString TestNetworkFaults::flaw() const
{
    const model::ActivityModel& activity = m_workspace->activity();
    for (int row = 0; row < activity.rowCount(); ++row) {
        if (activity.entry(row).seq != m_written - row)
            return QStringLiteral("row %1 is event %2 of %3")
                .arg(row)
                .arg(activity.entry(row).seq)
                .arg(m_written);
    }
    return {};
}

/// What the header says.
QString TestNetworkFaults::badge() const
{
    ui::ConnectionBadge badge;
    badge.setLocale(QLocale(QLocale::English));
    badge.display(ui::Connection::of(m_workspace->feed()));
    return badge.text();
}

void TestNetworkFaults::cut_saysSoMeanwhile_andLeavesNoGapAndNoRepeat_data()
{
    QTest::addColumn<Traffic>("traffic");
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::newRow("a second, reset") << Traffic::Refused << std::chrono::milliseconds(1s);
    QTest::newRow("a second, nothing comes through") << Traffic::Stalls << std::chrono::milliseconds(1s);
    QTest::newRow("a minute, reset") << Traffic::Refused << std::chrono::milliseconds(1min);
    QTest::newRow("a minute, nothing comes through") << Traffic::Stalls << std::chrono::milliseconds(1min);
    QTest::newRow("an hour, reset") << Traffic::Refused << std::chrono::milliseconds(1h);
    QTest::newRow("an hour, nothing comes through") << Traffic::Stalls << std::chrono::milliseconds(1h);
}

void TestNetworkFaults::cut_saysSoMeanwhile_andLeavesNoGapAndNoRepeat()
{
    QFETCH(const Traffic, traffic);
    QFETCH(const std::chrono::milliseconds, duration);
    open();
    QVERIFY(write(20));
    const model::FeedModel& feed = m_workspace->feed();
    QTRY_COMPARE(m_workspace->activity().rowCount(), 20);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 20);
    QTRY_COMPARE(*feed.dataAge(), 0ms);
    QVERIFY(badge().startsWith(QLatin1String("live")));
    const auto completeSince = feed.completeSince();
    QSignalSpy reset(&m_workspace->activity(), &QAbstractItemModel::modelReset);

    const auto before = m_options.clock.now();
    const auto start = m_options.clock.elapsed();
    m_network->setTraffic(traffic);
    QVERIFY(write(10));
    QTRY_COMPARE(feed.state(), FeedState::Offline);
    QVERIFY(badge().startsWith(QLatin1String("offline since")));
    QVERIFY(feed.disconnectedSince() >= before);
    QTRY_VERIFY(feed.isBannerVisible());
    QTRY_VERIFY(m_workspace->dashboard().isStale());

    m_clock.elapsed += duration.count(); // nothing of it has to be waited for
    QVERIFY(write(10));
    const int troubled = m_network->troubled();
    QTRY_VERIFY(m_network->troubled() > troubled + 2); // it goes on trying
    QCOMPARE(feed.state(), FeedState::Offline);
    QVERIFY(*feed.dataAge() >= duration); // and not an answer has made it younger
    QVERIFY(*feed.dataAge() <= m_options.clock.elapsed() - start + m_options.timing.silenceLimit);
    QVERIFY(m_workspace->dashboard().isStale());
    QCOMPARE(m_workspace->activity().rowCount(), 20);
    QCOMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 20);

    m_network->setTraffic(Traffic::Passes);
    QTRY_COMPARE(feed.state(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 40);
    QCOMPARE(flaw(), QString());
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 40);
    QTRY_COMPARE(*feed.dataAge(), 0ms);
    QVERIFY(!feed.isBannerVisible());
    QCOMPARE(reset.size(), 0);
    QCOMPARE(feed.completeSince(), completeSince);
    QCOMPARE(feed.recoveries().size(), 1);
    const net::Recovery recovery = feed.recoveries()[0];
    QVERIFY(recovery.complete);
    QCOMPARE(recovery.events, 20);
    QVERIFY(recovery.back - recovery.lost >= duration);
}

void TestNetworkFaults::cut_againAndAgainAmidWrites_leavesNoGapAndNoRepeat()
{
    open();
    std::atomic<bool> ends = false;
    std::atomic<bool> failed = false;
    std::thread writer([&] {
        while (!ends && !failed)
            failed = !write(1);
    });
    for (int round = 0; round < 12; ++round) {
        const int rows = m_workspace->activity().rowCount();
        if (!QTest::qWaitFor([&] { return m_workspace->activity().rowCount() > rows; }))
            break;
        m_network->setTraffic(round % 3 == 0 ? Traffic::Stalls : Traffic::Refused);
        (void)QTest::qWaitFor([&] { return m_workspace->feed().state() != FeedState::Live; });
        m_network->setTraffic(Traffic::Passes);
    }
    ends = true;
    writer.join();
    QVERIFY(!failed);
    QTRY_COMPARE(m_workspace->feed().state(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), std::min(m_written, 10'000));
    QCOMPARE(flaw(), QString());
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, m_written);
    QVERIFY(!m_workspace->feed().recoveries().isEmpty());
    qint64 caughtUp = 0;
    for (const net::Recovery& recovery : m_workspace->feed().recoveries()) {
        QVERIFY(recovery.complete);
        caughtUp += recovery.events;
    }
    QVERIFY(caughtUp <= m_written);
}

void TestNetworkFaults::cut_forLongerThanTheServerRemembers_isOwnedUpTo()
{
    open({QStringLiteral("--event-retention-count"), QStringLiteral("50"), QStringLiteral("--backlog-events"),
          QStringLiteral("50")});
    QVERIFY(write(20));
    const model::FeedModel& feed = m_workspace->feed();
    QTRY_COMPARE(m_workspace->activity().rowCount(), 20);
    const auto completeSince = feed.completeSince();
    m_network->setTraffic(Traffic::Refused);
    QTRY_COMPARE(feed.state(), FeedState::Offline);
    QVERIFY(write(200));
    RestClient client(m_server->httpUrl());
    QTRY_VERIFY_WITH_TIMEOUT(!client.get("/api/v1/events?since=20&limit=1")
                                  .data()
                                  .toObject()
                                  .value(QLatin1String("complete"))
                                  .toBool(true),
                             10'000);

    QSignalSpy reset(&m_workspace->activity(), &QAbstractItemModel::modelReset);
    m_network->setTraffic(Traffic::Passes);
    QTRY_COMPARE(feed.recoveries().size(), 1);
    QVERIFY(!feed.recoveries()[0].complete);
    QCOMPARE(feed.completeSince(), feed.recoveries()[0].back);
    QVERIFY(feed.completeSince() > completeSince);
    QTRY_VERIFY(!reset.isEmpty());
    QVERIFY(write(5));
    QTRY_VERIFY(m_workspace->activity().rowCount() > 0 && m_workspace->activity().entry(0).seq == m_written);
    QCOMPARE(flaw(), QString());
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, m_written);
}

void TestNetworkFaults::sessionsAlone_cut_isPollingAndNotLive_data()
{
    QTest::addColumn<Traffic>("traffic");
    QTest::newRow("reset") << Traffic::Refused;
    QTest::newRow("nothing comes through") << Traffic::Stalls;
}

void TestNetworkFaults::sessionsAlone_cut_isPollingAndNotLive()
{
    QFETCH(const Traffic, traffic);
    m_options.timing.pollInterval = 300ms;
    open();
    const model::FeedModel& feed = m_workspace->feed();
    m_network->setSessions(traffic);
    QTRY_COMPARE(feed.state(), FeedState::Polling);
    QVERIFY(write(10));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 10);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 10);
    QCOMPARE(feed.state(), FeedState::Polling);
    QVERIFY(!feed.error());
    QTRY_VERIFY(*feed.dataAge() > 0ms); // it grows between two polls
    QVERIFY(badge().startsWith(QLatin1String("polling, ")));
    QTRY_VERIFY(feed.isBannerVisible());

    m_network->setTraffic(Traffic::Refused);
    QTRY_COMPARE(feed.state(), FeedState::Offline);
    m_network->setTraffic(Traffic::Passes);
    QTRY_COMPARE(feed.state(), FeedState::Polling);
    m_network->setSessions(Traffic::Passes);
    QTRY_COMPARE(feed.state(), FeedState::Live);
    QVERIFY(write(1));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 11);
    QCOMPARE(flaw(), QString());
    QCOMPARE(feed.recoveries().size(), 1);
    QCOMPARE(feed.recoveries()[0].events, 10);
}

void TestNetworkFaults::delayed_isAsFarBehindAsItIs()
{
    m_options.timing.requestDeadline = 10s;
    m_options.timing.requestIdle = 5s;
    m_options.timing.silenceLimit = 5s;
    m_options.timing.handshakeDeadline = 5s;
    open();
    m_network->setDelay(300ms);
    const model::FeedModel& feed = m_workspace->feed();
    const model::DashboardModel& numbers = m_workspace->dashboard();
    QVERIFY(write(1));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    QVERIFY2(*feed.behind() >= 250ms && *feed.behind() < 2s,
             QByteArray::number(qint64(feed.behind()->count())));
    QCOMPARE(feed.state(), FeedState::Live);
    QTRY_COMPARE(*feed.dataAge(), 0ms); // the numbers come by the same way as the row, and behind it
    QCOMPARE(numbers.dashboard()->summary.totalChecks, 1);
}

void TestNetworkFaults::slow_isInOrderAndSaysHowFarBehind()
{
    m_options.timing.silenceLimit = 5s;
    open();
    m_network->setBytesPerSecond(60'000);
    QVERIFY(write(200));
    const model::FeedModel& feed = m_workspace->feed();
    QTRY_VERIFY(m_workspace->activity().rowCount() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_workspace->activity().rowCount(), 200, 20'000);
    QVERIFY2(*feed.behind() >= 200ms, QByteArray::number(qint64(feed.behind()->count())));
    QCOMPARE(flaw(), QString());
    QCOMPARE(feed.state(), FeedState::Live);
    m_network->setBytesPerSecond(0);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 200);
}

void TestNetworkFaults::behind_isMeasuredOnTheServersClock_data()
{
    QTest::addColumn<std::chrono::milliseconds>("wrong");
    QTest::newRow("ours is right") << std::chrono::milliseconds(0);
    QTest::newRow("ours is two hours ahead") << std::chrono::milliseconds(2h);
    QTest::newRow("ours is two hours late") << std::chrono::milliseconds(-2h);
}

void TestNetworkFaults::behind_isMeasuredOnTheServersClock()
{
    QFETCH(const std::chrono::milliseconds, wrong);
    m_options.timing.silenceLimit = 5s;
    m_options.timing.handshakeDeadline = 5s;
    m_clock.wrong = wrong.count();
    open();
    const model::FeedModel& feed = m_workspace->feed();
    QVERIFY(write(1));
    QTRY_VERIFY(feed.behind());
    const auto near = *feed.behind();
    QVERIFY2(near < 2s, QByteArray::number(qint64(near.count())));
    m_network->setDelay(400ms); // a clock that is wrong by hours hides none of it
    QVERIFY(write(1));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 2);
    QVERIFY2(*feed.behind() >= 350ms && *feed.behind() < 3s,
             QByteArray::number(qint64(feed.behind()->count())));
}

PRISM_WIDGET_TEST(TestNetworkFaults)

} // namespace tst_network_faults

#include "tst_network_faults.moc"
