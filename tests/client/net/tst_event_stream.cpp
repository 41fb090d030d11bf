#include "client/net/event_stream.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace prism;
using namespace std::chrono_literals;
using net::EventCursor;
using net::EventStream;
using protocol::Event;
using protocol::Seq;
using test::StubServer;
using State = net::EventStream::State;

class TestEventStream : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void start_withoutAPosition_takesTheHellos();
    void start_withAPosition_resumesFirst();
    void events_inOrder_comeOnceEach();
    void event_thatCameBefore_isDropped();
    void event_afterAGap_makesItResume();
    void gap_thatResumingDoesNotFill_startsOver();
    void pong_beyondThePosition_isAGap();
    void liveEvents_beforeTheMissedOnes_waitForThem();
    void resumed_incomplete_movesToTheServersPosition();
    void resumed_withAnotherEpoch_takesNothingOfItBefore();
    void handshake_refused_isTriedAgain();
    void handshake_withoutHello_isTriedAgain();
    void resume_thatComesSlowly_isWaitedFor();
    void server_gone_waitsLongerEachTime();
    void server_silent_isLeft();
    void closed_withPolicyViolation_isNotTriedAgain();
    void closed_withAnyOtherCode_isTriedAgainAndResumed_data();
    void closed_withAnyOtherCode_isTriedAgainAndResumed();
    void closed_forSendingTooMuch_waitsLongerEachTime();
    void retryNow_endsTheWait();
    void notUnderstood_isPassedOver();
    void lateness_isMeasuredOnTheServersClock();
    void stop_endsTheSession();
    void manyAtOnce_leaveTurnsToOthers();

private:
    void openStream(const net::Options& options);
    QList<Seq> seqs() const;
    QStringList sentTypes() const;

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<EventCursor> m_cursor;
    std::unique_ptr<EventStream> m_stream;
    QList<Event> m_events;
    QList<bool> m_resumed;
    QList<qint64> m_waits;
};

namespace {

net::Options quick()
{
    net::Options options;
    options.timing.firstRetry = 20ms;
    options.timing.longestRetry = 100ms;
    options.timing.handshakeDeadline = 5s;
    options.jitter = [] { return 1.0; };
    return options;
}

QJsonObject resumedMessage(Seq to, bool complete)
{
    return StubServer::message(QStringLiteral("resumed"),
                               {{QLatin1String("to"), qint64(to)}, {QLatin1String("complete"), complete}});
}

} // namespace

void TestEventStream::init()
{
    m_server = std::make_unique<StubServer>();
    m_cursor = std::make_unique<EventCursor>();
    m_events.clear();
    m_resumed.clear();
    m_waits.clear();
}

void TestEventStream::cleanup()
{
    m_stream.reset();
    m_server.reset();
}

void TestEventStream::openStream(const net::Options& options)
{
    m_stream = std::make_unique<EventStream>(m_server->wsUrl(), *m_cursor, options);
    connect(m_stream.get(), &EventStream::eventReceived, this,
            [this](const Event& e) { m_events.append(e); });
    connect(m_stream.get(), &EventStream::resumed, this,
            [this](bool complete) { m_resumed.append(complete); });
    m_stream->start();
}

QList<Seq> TestEventStream::seqs() const
{
    QList<Seq> seqs;
    for (const Event& event : m_events)
        seqs.append(event.seq);
    return seqs;
}

QStringList TestEventStream::sentTypes() const
{
    QStringList types;
    for (const QJsonObject& json : m_server->received)
        types.append(json.value(QLatin1String("type")).toString());
    return types;
}

void TestEventStream::start_withoutAPosition_takesTheHellos()
{
    m_server->publish();
    m_server->publish();
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(*m_cursor->position(), (protocol::Position{QStringLiteral("first"), 2}));
    QCOMPARE(m_resumed, QList<bool>{false});
    QTRY_VERIFY(!m_server->received.isEmpty());
    QCOMPARE(m_server->addresses, QStringList{QString()});
}

void TestEventStream::start_withAPosition_resumesFirst()
{
    for (int i = 0; i < 5; ++i)
        m_server->publish();
    m_cursor->moveTo({QStringLiteral("first"), 2});
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(seqs(), (QList<Seq>{3, 4, 5}));
    QCOMPARE(m_resumed, QList<bool>{true});
    QCOMPARE(m_server->addresses, QStringList{QStringLiteral("since=2&epoch=first")});
    QVERIFY(!sentTypes().contains(QStringLiteral("resume")));
}

void TestEventStream::events_inOrder_comeOnceEach()
{
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QList<Seq> expected;
    for (int i = 0; i < 500; ++i)
        expected.append(m_server->publish().seq);
    QTRY_COMPARE(m_events.size(), expected.size());
    QCOMPARE(seqs(), expected);
    QCOMPARE(m_events.last(), m_server->log.last());
}

void TestEventStream::event_thatCameBefore_isDropped()
{
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    m_server->publish();
    m_server->sendToAll(m_server->eventAt(1));
    m_server->publish();
    QTRY_COMPARE(seqs(), (QList<Seq>{1, 2}));
    QCOMPARE(m_server->attempts, 1);
}

void TestEventStream::event_afterAGap_makesItResume()
{
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    m_server->publish();
    m_server->publish(false); // lost on the way
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nothing came between 1 and 3")));
    m_server->publish();
    QTRY_COMPARE(seqs(), (QList<Seq>{1, 2, 3}));
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(m_server->attempts, 2);
    QCOMPARE(m_resumed, (QList<bool>{false, true}));
}

void TestEventStream::gap_thatResumingDoesNotFill_startsOver()
{
    m_server->resumes = false;
    m_server->pongs = false;
    m_cursor->moveTo({QStringLiteral("first"), 1});
    openStream(quick());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nothing came between 1 and 9")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nothing came between 1 and 9")));
    for (int attempt = 1; attempt <= 2; ++attempt) {
        QTRY_COMPARE(m_stream->state(), State::Resuming);
        QCOMPARE(m_server->attempts, attempt);
        m_server->sendToAll(resumedMessage(9, true));
        QTRY_COMPARE(m_server->attempts, attempt + 1);
    }
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(m_resumed, QList<bool>{false});
    QCOMPARE(m_cursor->position()->seq, 0); // the hello's
}

void TestEventStream::pong_beyondThePosition_isAGap()
{
    net::Options options = quick();
    options.timing.pingInterval = 30ms;
    openStream(options);
    QTRY_COMPARE(m_stream->state(), State::Live);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nothing came between 0 and 1")));
    m_server->publish(false); // lost, and nothing follows
    QTRY_COMPARE(seqs(), QList<Seq>{1});
    QCOMPARE(m_server->attempts, 2);
}

void TestEventStream::liveEvents_beforeTheMissedOnes_waitForThem()
{
    m_server->resumes = false;
    m_cursor->moveTo({QStringLiteral("first"), 1});
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Resuming);
    for (const Seq seq : {4, 5, 2, 3, 4})
        m_server->sendToAll(m_server->eventAt(seq));
    m_server->sendToAll(resumedMessage(3, true));
    m_server->sendToAll(m_server->eventAt(6));
    QTRY_COMPARE(seqs(), (QList<Seq>{2, 3, 4, 5, 6}));
    QCOMPARE(m_resumed, QList<bool>{true});
    QCOMPARE(m_server->attempts, 1);
}

void TestEventStream::resumed_incomplete_movesToTheServersPosition()
{
    for (int i = 0; i < 9; ++i)
        m_server->publish();
    m_server->oldestKept = 5;
    m_cursor->moveTo({QStringLiteral("first"), 2});
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(m_resumed, QList<bool>{false});
    QVERIFY(m_events.isEmpty());
    QCOMPARE(m_cursor->position()->seq, 9);
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{10});
}

void TestEventStream::resumed_withAnotherEpoch_takesNothingOfItBefore()
{
    m_server->epoch = QStringLiteral("second");
    m_server->resumes = false;
    m_server->pongs = false;
    m_server->log = {m_server->eventAt(1), m_server->eventAt(2)};
    m_cursor->moveTo({QStringLiteral("first"), 2});
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Resuming);
    m_server->sendToAll(m_server->eventAt(3)); // looks like the next one, but of another order
    m_server->sendToAll(resumedMessage(2, false));
    QTRY_COMPARE(m_resumed, QList<bool>{false});
    QTRY_COMPARE(seqs(), QList<Seq>{3});
    QCOMPARE(*m_cursor->position(), (protocol::Position{QStringLiteral("second"), 3}));
}

void TestEventStream::handshake_refused_isTriedAgain()
{
    m_server->acceptsSessions = false;
    openStream(quick());
    QTRY_VERIFY(m_server->attempts >= 3);
    m_server->acceptsSessions = true;
    QTRY_COMPARE(m_stream->state(), State::Live);
}

void TestEventStream::handshake_withoutHello_isTriedAgain()
{
    m_server->greets = false;
    net::Options options = quick();
    options.timing.handshakeDeadline = 300ms;
    openStream(options);
    QTRY_COMPARE(m_server->attempts, 2);
    m_server->greets = true;
    QTRY_COMPARE(m_stream->state(), State::Live);
}

void TestEventStream::resume_thatComesSlowly_isWaitedFor()
{
    constexpr Seq missed = 10;
    m_server->resumes = false;
    m_cursor->moveTo({QStringLiteral("first"), 0});
    net::Options options = quick();
    options.timing.handshakeDeadline = 1s;
    openStream(options);
    QTRY_COMPARE(m_stream->state(), State::Resuming);
    Seq sent = 0;
    QTimer slow;
    connect(&slow, &QTimer::timeout, this, [this, &sent, &slow] {
        m_server->sendToAll(m_server->eventAt(++sent));
        if (sent == missed) {
            m_server->sendToAll(resumedMessage(missed, true));
            slow.stop();
        }
    });
    slow.start(150ms); // together longer than the deadline
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(seqs().size(), missed);
    QCOMPARE(m_server->attempts, 1);
}

void TestEventStream::server_gone_waitsLongerEachTime()
{
    m_server->goAway();
    net::Options options = quick();
    options.timing.firstRetry = 100ms;
    options.timing.longestRetry = 350ms;
    m_stream = std::make_unique<EventStream>(m_server->wsUrl(), *m_cursor, options);
    connect(m_stream.get(), &EventStream::stateChanged, this, [this](State state) {
        if (state != State::Waiting)
            return;
        m_waits.append(m_stream->retryIn()->count());
        m_stream->retryNow(); // the wait itself is the timer's business
    });
    m_stream->start();
    QTRY_VERIFY(m_waits.size() >= 4);
    const QList<qint64> expected{100, 200, 350, 350};
    for (int i = 0; i < 4; ++i)
        QVERIFY2(m_waits[i] <= expected[i] && m_waits[i] > expected[i] - 50,
                 qPrintable(QString::number(m_waits[i])));
}

void TestEventStream::server_silent_isLeft()
{
    net::Options options = quick();
    options.timing.pingInterval = 50ms;
    options.timing.silenceLimit = 300ms;
    openStream(options);
    QTRY_COMPARE(m_stream->state(), State::Live);
    QTRY_VERIFY(m_server->received.size() > 10); // with pongs it stays, longer than the limit
    QCOMPARE(m_server->attempts, 1);
    m_server->pongs = false;
    QTRY_COMPARE(m_server->attempts, 2);
}

void TestEventStream::closed_withPolicyViolation_isNotTriedAgain()
{
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("does not allow this session")));
    m_server->closeSessions(1008);
    QTRY_COMPARE(m_stream->state(), State::Refused);
    QVERIFY(!m_stream->retryIn());
    m_stream->retryNow(); // a person's wish is another matter
    QTRY_COMPARE(m_stream->state(), State::Live);
    QCOMPARE(m_server->attempts, 2);
}

void TestEventStream::closed_withAnyOtherCode_isTriedAgainAndResumed_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {0, 1000, 1001, 1002, 1007, 1009, 1011, 1012, 1013, 4008, 4029})
        QTest::addRow("%d", code) << code;
}

void TestEventStream::closed_withAnyOtherCode_isTriedAgainAndResumed()
{
    QFETCH(const int, code);
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{1});
    m_server->closeSessions(code);
    m_server->publish(false);
    m_server->publish(false);
    QTRY_COMPARE(m_server->addresses.size(), 2);
    QCOMPARE(m_server->addresses.last(), QStringLiteral("since=1&epoch=first"));
    QTRY_COMPARE(m_stream->state(), State::Live);
    m_server->publish();
    QTRY_COMPARE(seqs(), (QList<Seq>{1, 2, 3, 4}));
    QCOMPARE(m_resumed, (QList<bool>{false, true}));
}

/// Also when it was live in between; after a while of peace the first wait is short again.
void TestEventStream::closed_forSendingTooMuch_waitsLongerEachTime()
{
    net::Options options = quick();
    options.timing.firstRetry = 40ms;
    options.timing.longestRetry = 300ms;
    m_stream = std::make_unique<EventStream>(m_server->wsUrl(), *m_cursor, options);
    connect(m_stream.get(), &EventStream::stateChanged, this, [this](State state) {
        if (state != State::Waiting)
            return;
        m_waits.append(m_stream->retryIn()->count());
        m_stream->retryNow();
    });
    m_stream->start();
    const QList<qint64> expected{40, 80, 160, 300};
    for (const qint64 wait : expected) {
        QTRY_COMPARE(m_stream->state(), State::Live);
        m_server->closeSessions(4029);
        QTRY_VERIFY(!m_waits.isEmpty() && m_stream->state() == State::Live);
        const qint64 waited = m_waits.takeLast();
        QVERIFY2(waited <= wait && waited > wait * 3 / 4, qPrintable(QString::number(waited)));
    }
    QTest::qWait(400); // longer than the longest wait
    m_server->closeSessions(4029);
    QTRY_COMPARE(m_waits.size(), 1);
    QVERIFY(m_waits.first() <= 40);
}

void TestEventStream::retryNow_endsTheWait()
{
    m_server->acceptsSessions = false;
    net::Options options = quick();
    options.timing.firstRetry = 1h;
    openStream(options);
    QTRY_COMPARE(m_stream->state(), State::Waiting);
    QVERIFY(m_stream->retryIn() > 59min);
    m_server->acceptsSessions = true;
    m_stream->retryNow();
    QTRY_COMPARE(m_stream->state(), State::Live);
}

void TestEventStream::notUnderstood_isPassedOver()
{
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not understood")));
    m_server->sendToAll(QJsonObject{{QLatin1String("hello"), QStringLiteral("there")}});
    m_server->sendToAll(StubServer::message(QStringLiteral("something:new"), {}));
    m_server->publish();
    QTRY_COMPARE(seqs(), QList<Seq>{1});
    QCOMPARE(m_stream->state(), State::Live);
}

void TestEventStream::lateness_isMeasuredOnTheServersClock()
{
    net::Options options = quick();
    const auto serverTime = protocol::fromMillis(1'770'000'000'000); // what the stub always says
    options.clock.now = [serverTime] { return serverTime + 2h; };    // ours is two hours ahead
    openStream(options);
    QTRY_COMPARE(m_stream->state(), State::Live);
    Event event = m_server->eventAt(1);
    event.timestamp = serverTime - 12ms;
    QCOMPARE(m_stream->lateness(event), 12ms);
    event.timestamp = serverTime + 1s;
    QCOMPARE(m_stream->lateness(event), 0ms);
}

void TestEventStream::stop_endsTheSession()
{
    openStream(quick());
    QTRY_COMPARE(m_server->sessions(), 1);
    QTRY_COMPARE(m_stream->state(), State::Live);
    m_stream->stop();
    QTRY_COMPARE(m_server->sessions(), 0);
    QCOMPARE(m_stream->state(), State::Idle);
    QCOMPARE(m_server->attempts, 1);
}

/// Four megabytes in one go, which take a moment each to show: input is not kept waiting until the last.
void TestEventStream::manyAtOnce_leaveTurnsToOthers()
{
    constexpr int count = 100;
    openStream(quick());
    QTRY_COMPARE(m_stream->state(), State::Live);
    int turns = 0;
    QTimer others;
    connect(&others, &QTimer::timeout, this, [&] { turns += m_events.isEmpty() ? 0 : 1; });
    others.start();
    connect(m_stream.get(), &EventStream::eventReceived, this, [] {
        const QDeadlineTimer shown(2);
        while (!shown.hasExpired()) {
        }
    });
    for (int i = 0; i < count; ++i)
        m_server->publish(protocol::event_type::recordCreated,
                          {{QLatin1String("name"), QString(40'000, QLatin1Char('x'))}});
    QTRY_COMPARE(m_events.size(), count);
    QVERIFY2(turns >= count / 8, qPrintable(QString::number(turns)));
    QCOMPARE(seqs().constLast(), count);
    QCOMPARE(m_resumed.size(), 1); // by one session
}

PRISM_TEST(TestEventStream)
#include "tst_event_stream.moc"
