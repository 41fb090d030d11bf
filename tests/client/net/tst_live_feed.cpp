#include "client/net/api.h"
#include "client/net/live_feed.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

using namespace prism;
using namespace std::chrono_literals;
using net::FeedState;
using net::LiveFeed;
using net::Recovery;
using protocol::Event;
using protocol::Seq;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

class TestLiveFeed : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void start_goesLiveAndAsksForTheFirstLoad();
    void start_withoutPush_polls();
    void start_withoutServer_isOfflineUntilItComes();
    void push_lost_isPolledForAtOnceAndThenInTurn();
    void push_lostAndBack_bringsEverythingExactlyOnce();
    void live_asksForNothing_data();
    void live_asksForNothing();
    void retryNow_withoutPush_pollsAtOnce();
    void push_back_whileAPollIsUnderWay_bringsNothingTwice();
    void poll_answeredAfterPushWasBack_isNoWayBack_data();
    void poll_answeredAfterPushWasBack_isNoWayBack();
    void poll_ofMoreThanAPage_bringsAllPages();
    void poll_thatFails_saysWhy();
    void poll_withAnotherEpoch_startsOver();
    void resume_incomplete_startsOver();
    void resume_withoutAnswer_isTriedAgainAndPolledFor();
    void refused_keepsPolling();
    void behind_isKnownFromPushedEventsOnly();

private:
    void startFeed(const net::Options& options);
    QList<Seq> seqs() const { return m_seqs; }
    static QList<Seq> upTo(Seq last, Seq first = 1);

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<LiveFeed> m_feed;
    QList<Seq> m_seqs;
    QList<FeedState> m_states;
    QList<Recovery> m_recoveries;
    int m_reloads = 0;
};

namespace {

constexpr QLatin1String eventsPath("/api/v1/events");

/// Push comes back when retryNow() says so, polls go on in the meantime.
net::Options pollingOnly()
{
    net::Options options;
    options.timing.firstRetry = 1h;
    options.timing.pollInterval = 30ms;
    return options;
}

net::Options quick()
{
    net::Options options;
    options.timing.firstRetry = 20ms;
    options.timing.longestRetry = 50ms;
    options.timing.pollInterval = 30ms;
    return options;
}

} // namespace

void TestLiveFeed::init()
{
    m_server = std::make_unique<StubServer>();
    m_seqs.clear();
    m_states.clear();
    m_recoveries.clear();
    m_reloads = 0;
}

void TestLiveFeed::cleanup()
{
    m_feed.reset();
    m_api.reset();
    m_server.reset();
}

void TestLiveFeed::startFeed(const net::Options& options)
{
    m_api = std::make_unique<net::Api>(m_server->url(), options);
    m_feed = std::make_unique<LiveFeed>(*m_api, options);
    connect(m_feed.get(), &LiveFeed::events, this, [this](const QList<Event>& events) {
        for (const Event& event : events)
            m_seqs.append(event.seq);
    });
    connect(m_feed.get(), &LiveFeed::reloadNeeded, this, [this] { ++m_reloads; });
    connect(m_feed.get(), &LiveFeed::stateChanged, this, [this](FeedState s) { m_states.append(s); });
    connect(m_feed.get(), &LiveFeed::recovered, this, [this](const Recovery& r) { m_recoveries.append(r); });
    m_feed->start();
}

QList<Seq> TestLiveFeed::upTo(Seq last, Seq first)
{
    QList<Seq> seqs;
    for (Seq seq = first; seq <= last; ++seq)
        seqs.append(seq);
    return seqs;
}

void TestLiveFeed::start_goesLiveAndAsksForTheFirstLoad()
{
    m_server->publish();
    startFeed(quick());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QCOMPARE(m_reloads, 1);
    QCOMPARE(m_feed->position()->seq, 1);
    QVERIFY(!m_feed->disconnectedSince());
    QVERIFY(m_recoveries.isEmpty());
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{2});
    QCOMPARE(m_server->requests(eventsPath), 0);
}

void TestLiveFeed::start_withoutPush_polls()
{
    m_server->publish();
    m_server->acceptsSessions = false;
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QCOMPARE(m_reloads, 1);
    QVERIFY(m_feed->disconnectedSince());
    QVERIFY(m_feed->retryIn());
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{2});
}

void TestLiveFeed::start_withoutServer_isOfflineUntilItComes()
{
    m_server->goAway();
    startFeed(quick());
    QTRY_COMPARE(m_feed->state(), FeedState::Offline);
    QVERIFY(m_feed->pollError());
    QCOMPARE(m_reloads, 0);
    QVERIFY(m_server->listenAgain());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QVERIFY(m_reloads >= 1);
    QVERIFY(!m_feed->pollError());
}

void TestLiveFeed::push_lost_isPolledForAtOnceAndThenInTurn()
{
    net::Options options = pollingOnly();
    options.timing.pollInterval = 1h;
    startFeed(options);
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->publish(false);
    m_server->closeSessions(1001);
    QTRY_COMPARE(seqs(), QList<Seq>{1}); // an hour before its turn
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QCOMPARE(m_states, (QList<FeedState>{FeedState::Live, FeedState::Connecting, FeedState::Polling}));
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
    net::Options options = quick();
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

void TestLiveFeed::retryNow_withoutPush_pollsAtOnce()
{
    m_server->acceptsSessions = false;
    net::Options options = pollingOnly();
    options.timing.pollInterval = 1h;
    startFeed(options);
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    m_server->publish();
    m_feed->retryNow();
    QTRY_COMPARE(seqs(), QList<Seq>{1}); // an hour before its turn
}

void TestLiveFeed::push_lostAndBack_bringsEverythingExactlyOnce()
{
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    for (int i = 0; i < 3; ++i)
        m_server->publish();
    QTRY_COMPARE(m_seqs.size(), 3);

    m_server->closeSessions();
    for (int i = 0; i < 3; ++i)
        m_server->publish(false);
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QTRY_COMPARE(m_seqs.size(), 6);

    m_feed->retryNow();
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->publish();
    QTRY_COMPARE(m_seqs.size(), 7);
    QCOMPARE(seqs(), upTo(7));
    QCOMPARE(m_reloads, 1); // the first load only
    QCOMPARE(m_recoveries.size(), 1);
    QCOMPARE(m_recoveries[0].events, 3);
    QVERIFY(m_recoveries[0].complete);
    QVERIFY(m_recoveries[0].back >= m_recoveries[0].lost);
}

void TestLiveFeed::push_back_whileAPollIsUnderWay_bringsNothingTwice()
{
    startFeed(quick());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    for (int round = 0; round < 20; ++round) {
        m_server->closeSessions();
        for (int i = 0; i < 5; ++i)
            m_server->publish(i % 2 == 0);
        QTRY_COMPARE(m_seqs.size(), m_server->log.size());
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
        m_server->publish();
    }
    QTRY_COMPARE(m_seqs.size(), m_server->log.size());
    QCOMPARE(seqs(), upTo(120));
    QCOMPARE(m_reloads, 1);
}

void TestLiveFeed::poll_answeredAfterPushWasBack_isNoWayBack_data()
{
    QTest::addColumn<int>("missed"); // when the question was asked
    QTest::newRow("with nothing in it") << 0;
    QTest::newRow("with events in it") << 3;
}

/// Push comes back and goes again while the answer to a poll is on its way. What that knows is old then.
void TestLiveFeed::poll_answeredAfterPushWasBack_isNoWayBack()
{
    QFETCH(const int, missed);
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->override = [](const test::StubRequest& request) {
        return request.path == eventsPath ? std::optional(test::StubAnswer{.late = true}) : std::nullopt;
    };
    m_server->closeSessions();
    for (int i = 0; i < missed; ++i)
        m_server->publish(false);
    QTRY_COMPARE(m_server->late(), 1);
    m_feed->retryNow();
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    for (int i = 0; i < 3; ++i)
        m_server->publish();
    QTRY_COMPARE(m_seqs.size(), missed + 3);
    m_server->closeSessions();
    QTRY_COMPARE(m_feed->state(), FeedState::Connecting);
    m_server->publish(false);
    m_server->override = {};
    m_server->sendLate();
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QTRY_COMPARE(m_seqs.size(), missed + 4);
    QCOMPARE(seqs(), upTo(missed + 4));
    QCOMPARE(m_reloads, 1); // the first load only
}

void TestLiveFeed::poll_ofMoreThanAPage_bringsAllPages()
{
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->acceptsSessions = false;
    m_server->closeSessions();
    for (int i = 0; i < 1'234; ++i)
        m_server->publish(false);
    QTRY_COMPARE(m_seqs.size(), 1'234);
    QCOMPARE(seqs(), upTo(1'234));
}

void TestLiveFeed::poll_thatFails_saysWhy()
{
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    const protocol::Error error{protocol::ErrorCode::Internal, QStringLiteral("The disk is full."), {}};
    const QByteArray body = protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now());
    m_server->override = [body](const StubRequest&) { return StubAnswer{500, body}; };
    m_server->closeSessions();
    QTRY_COMPARE(m_feed->state(), FeedState::Offline);
    QCOMPARE(*m_feed->pollError(), error);
    m_server->override = {};
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QVERIFY(!m_feed->pollError());
}

void TestLiveFeed::poll_withAnotherEpoch_startsOver()
{
    for (int i = 0; i < 5; ++i)
        m_server->publish();
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->epoch = QStringLiteral("second"); // restored from a backup
    m_server->log.resize(3);
    m_server->closeSessions();
    QTRY_COMPARE(m_reloads, 2);
    QCOMPARE(*m_feed->position(), (protocol::Position{QStringLiteral("second"), 3}));
    m_server->publish(false);
    QTRY_COMPARE(seqs(), QList<Seq>{4});
    m_feed->retryNow();
    QTRY_COMPARE(m_recoveries.size(), 1);
    QVERIFY(!m_recoveries[0].complete);
}

void TestLiveFeed::resume_incomplete_startsOver()
{
    net::Options options = quick();
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
    net::Options options = quick();
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

void TestLiveFeed::refused_keepsPolling()
{
    startFeed(quick());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("does not allow this session")));
    m_server->closeSessions(1008);
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    QVERIFY(m_feed->isRefused());
    QVERIFY(!m_feed->retryIn());
    m_server->publish(false);
    QTRY_COMPARE(seqs(), QList<Seq>{1});
    QCOMPARE(m_server->attempts, 1);
}

void TestLiveFeed::behind_isKnownFromPushedEventsOnly()
{
    startFeed(quick());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    QVERIFY(!m_feed->behind());
    m_server->publish();
    QTRY_VERIFY(m_feed->behind());
    QVERIFY(*m_feed->behind() >= 0ms);
}

PRISM_TEST(TestLiveFeed)
#include "tst_live_feed.moc"
