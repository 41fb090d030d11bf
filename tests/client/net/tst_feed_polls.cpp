#include "shared/protocol/envelope.h"
#include "tests/client/net/live_feed_test.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

namespace tst_feed_polls {

using namespace prism;
using namespace std::chrono_literals;
using net::FeedState;
using protocol::Seq;
using test::eventsPath;
using test::pollingOnly;
using test::StubAnswer;
using test::StubRequest;
using test::tryingOften;

/// What the feed asks for while nothing is pushed.
class TestFeedPolls : public QObject, private test::LiveFeedTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void start_withoutPush_polls();
    void push_lost_isPolledForAtOnceAndThenInTurn();
    void push_lostAndBack_bringsEverythingExactlyOnce();
    void retryNow_withoutPush_pollsAtOnce();
    void push_back_whileAPollIsUnderWay_bringsNothingTwice();
    void poll_answeredAfterPushWasBack_isNoWayBack_data();
    void poll_answeredAfterPushWasBack_isNoWayBack();
    void poll_ofMoreThanAPage_bringsAllPages();
    void poll_thatPassesEventsOver_hasNoGap_data();
    void poll_thatPassesEventsOver_hasNoGap();
    void poll_thatFails_saysWhy();
    void poll_withAnotherEpoch_startsOver();
    void refused_keepsPolling();
};

void TestFeedPolls::start_withoutPush_polls()
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

void TestFeedPolls::push_lost_isPolledForAtOnceAndThenInTurn()
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

void TestFeedPolls::push_lostAndBack_bringsEverythingExactlyOnce()
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

void TestFeedPolls::retryNow_withoutPush_pollsAtOnce()
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

void TestFeedPolls::push_back_whileAPollIsUnderWay_bringsNothingTwice()
{
    startFeed(tryingOften());
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

void TestFeedPolls::poll_answeredAfterPushWasBack_isNoWayBack_data()
{
    QTest::addColumn<int>("missed"); // when the question was asked
    QTest::newRow("with nothing in it") << 0;
    QTest::newRow("with events in it") << 3;
}

/// Push comes back and goes again while the answer to a poll is on its way. What that knows is old then.
void TestFeedPolls::poll_answeredAfterPushWasBack_isNoWayBack()
{
    QFETCH(const int, missed);
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Live);
    m_server->override = [](const StubRequest& request) {
        return request.path == eventsPath ? std::optional(StubAnswer{.late = true}) : std::nullopt;
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

void TestFeedPolls::poll_ofMoreThanAPage_bringsAllPages()
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

void TestFeedPolls::poll_thatPassesEventsOver_hasNoGap_data()
{
    QTest::addColumn<QList<Seq>>("hidden");
    QTest::newRow("the first") << QList<Seq>{1, 2};
    QTest::newRow("between") << QList<Seq>{3, 6, 7};
    QTest::newRow("the last") << QList<Seq>{8, 9};
    QTest::newRow("all") << upTo(9);
}

/// Events of projects that this client may not hear of, over several pages.
void TestFeedPolls::poll_thatPassesEventsOver_hasNoGap()
{
    QFETCH(const QList<Seq>, hidden);
    m_server->acceptsSessions = false;
    m_server->mostEvents = 2;
    startFeed(pollingOnly());
    QTRY_COMPARE(m_feed->state(), FeedState::Polling);
    m_server->hidden = {hidden.begin(), hidden.end()};
    QList<Seq> expected = upTo(9);
    for (const Seq seq : hidden)
        expected.removeOne(seq);
    for (int i = 0; i < 9; ++i)
        m_server->publish();
    QTRY_COMPARE(m_feed->position()->seq, 9);
    QCOMPARE(seqs(), expected);
    QCOMPARE(m_reloads, 1);
    QCOMPARE(m_feed->state(), FeedState::Polling);
}

void TestFeedPolls::poll_thatFails_saysWhy()
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

void TestFeedPolls::poll_withAnotherEpoch_startsOver()
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

void TestFeedPolls::refused_keepsPolling()
{
    startFeed(tryingOften());
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

PRISM_TEST(TestFeedPolls)

} // namespace tst_feed_polls

#include "tst_feed_polls.moc"
