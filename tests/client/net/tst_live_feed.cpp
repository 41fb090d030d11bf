#include "tests/client/net/live_feed_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_live_feed {

using namespace prism;
using namespace std::chrono_literals;
using net::FeedState;
using protocol::Seq;
using test::eventsPath;
using test::StubAnswer;
using test::StubRequest;
using test::tryingOften;

/// How the feed starts, is pushed, and goes on where it was.
class TestLiveFeed : public QObject, private test::LiveFeedTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void start_goesLiveAndAsksForTheFirstLoad();
    void start_withoutServer_isOfflineUntilItComes();
    void live_asksForNothing_data();
    void live_asksForNothing();
    void resume_incomplete_startsOver();
    void resume_withoutAnswer_isTriedAgainAndPolledFor();
    void behind_isKnownFromPushedEventsOnly();
};

void TestLiveFeed::start_goesLiveAndAsksForTheFirstLoad()
{
    m_server->publish();
    startFeed(tryingOften());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QCOMPARE(m_reloads, 1);
    QCOMPARE(m_feed->position()->seq, 1);
    QVERIFY(!m_feed->disconnectedSince());
    QVERIFY(m_recoveries.isEmpty());
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{2});
    QCOMPARE(m_server->requests(eventsPath), 0);
}

void TestLiveFeed::start_withoutServer_isOfflineUntilItComes()
{
    m_server->goAway();
    startFeed(tryingOften());
    QTRY_COMPARE(m_feed->state(), FeedState::Offline);
    QVERIFY(m_feed->pollError());
    QCOMPARE(m_reloads, 0);
    QVERIFY(m_server->listenAgain());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QVERIFY(m_reloads >= 1);
    QVERIFY(!m_feed->pollError());
}

void TestLiveFeed::live_asksForNothing_data()
{
    QTest::addColumn<bool>("isBack");
    QTest::newRow("from the start") << false;
    QTest::newRow("after an outage") << true;
}

/// Not in turn any more, and not when somebody presses the button.
void TestLiveFeed::live_asksForNothing()
{
    QFETCH(const bool, isBack);
    net::Options options = tryingOften();
    options.timing.pollInterval = 1ms;
    startFeed(options);
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    if (isBack) {
        m_server->closeSessions(1001);
        QTRY_VERIFY(m_states.contains(FeedState::Connecting));
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
    }
    const auto asked = [this] {
        return m_server->requests(eventsPath) +
               m_server->requests(QStringLiteral("/api/v1/analytics/dashboard"));
    };
    int other = 0; // by the time that all these are answered polls would have been sent
    const auto roundTrips = [&] {
        for (int i = 0; i < 30; ++i) {
            net::Call call = m_api->settings([&](const auto&) { ++other; });
            const int before = other;
            QVERIFY(QTest::qWaitFor([&] { return other > before; }));
        }
    };
    roundTrips(); // what was on its way when push came back has arrived
    const int before = asked();
    m_feed->retryNow();
    roundTrips();
    QCOMPARE(asked(), before);
}

void TestLiveFeed::resume_incomplete_startsOver()
{
    net::Options options = tryingOften();
    options.timing.pollInterval = 1h;
    startFeed(options);
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    m_server->closeSessions();
    for (int i = 0; i < 9; ++i)
        m_server->publish(false);
    m_server->oldestKept = 5;
    QTRY_COMPARE(m_recoveries.size(), 1);
    QVERIFY(!m_recoveries[0].complete);
    QCOMPARE(m_reloads, 2);
    QCOMPARE(m_feed->position()->seq, 9);
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{10});
}

void TestLiveFeed::resume_withoutAnswer_isTriedAgainAndPolledFor()
{
    net::Options options = tryingOften();
    options.timing.handshakeDeadline = 300ms;
    options.timing.pingInterval = 20ms;
    startFeed(options);
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->resumes = false; // but it answers every ping, so it is not silent
    m_server->closeSessions();
    QTRY_VERIFY(m_server->attempts >= 3);
    m_server->publish(false);
    QTRY_COMPARE(seqs(), upTo(1));
    QVERIFY(m_feed->state() != FeedState::Live);
    m_server->resumes = true;
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QCOMPARE(seqs(), upTo(1));
    QCOMPARE(m_recoveries.size(), 1);
    QVERIFY(m_recoveries[0].complete);
}

void TestLiveFeed::behind_isKnownFromPushedEventsOnly()
{
    startFeed(tryingOften());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QVERIFY(!m_feed->behind());
    m_server->publish();
    QTRY_VERIFY(m_feed->behind());
    QVERIFY(*m_feed->behind() >= 0ms);
}

PRISM_TEST(TestLiveFeed)

} // namespace tst_live_feed

#include "tst_live_feed.moc"
