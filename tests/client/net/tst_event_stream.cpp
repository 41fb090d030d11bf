#include "tests/client/net/event_stream_test.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QTest>
#include <QTimer>

namespace tst_event_stream {

using namespace prism;
using namespace prism::test;
using namespace std::chrono_literals;
using net::EventStream;
using protocol::Event;
using protocol::Seq;
using State = net::EventStream::State;

/// Which events come out of the stream, whatever the server says and in whichever order.
class TestEventStream : public QObject, private EventStreamTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    void cleanup() { end(); }

    void start_withoutAPosition_takesTheHellos()
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

    void start_withAPosition_resumesFirst()
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

    void events_inOrder_comeOnceEach()
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

    void event_thatCameBefore_isDropped()
    {
        openStream(quick());
        QTRY_COMPARE(m_stream->state(), State::Live);
        m_server->publish();
        m_server->sendToAll(m_server->eventAt(1));
        m_server->publish();
        QTRY_COMPARE(seqs(), (QList<Seq>{1, 2}));
        QCOMPARE(m_server->attempts, 1);
    }

    void event_afterAGap_makesItResume()
    {
        openStream(quick());
        QTRY_COMPARE(m_stream->state(), State::Live);
        m_server->publish();
        m_server->publish(false); // lost on the way
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("nothing came between 1 and 3")));
        m_server->publish();
        QTRY_COMPARE(seqs(), (QList<Seq>{1, 2, 3}));
        QTRY_COMPARE(m_stream->state(), State::Live);
        QCOMPARE(m_server->attempts, 2);
        QCOMPARE(m_resumed, (QList<bool>{false, true}));
    }

    void eventsThatWerePassedOver_areNoGap()
    {
        net::Options options = quick();
        options.timing.pingInterval = 30ms;
        openStream(options);
        QTRY_COMPARE(m_stream->state(), State::Live);
        m_server->pongs = false;
        m_server->publish(false);
        m_server->publish(false);
        const auto pass = [this](int to) {
            m_server->sendToAll(StubServer::message(QStringLiteral("passed"), {{QStringLiteral("to"), to}}));
        };
        pass(2);
        m_server->publish();
        m_server->publish(false);
        pass(4);
        pass(1); // an old one takes nothing back
        m_server->pongs = true;
        m_server->publish();
        QTRY_COMPARE(seqs(), (QList<Seq>{3, 5}));
        QCOMPARE(m_cursor->position()->seq, 5);
        QCOMPARE(m_server->attempts, 1);
    }

    void eventsThatWereMissedAndPassedOver_areNoGap()
    {
        for (int i = 0; i < 9; ++i)
            m_server->publish(false);
        m_server->resumes = false;
        m_cursor->moveTo({QStringLiteral("first"), 1});
        openStream(quick());
        QTRY_COMPARE(m_stream->state(), State::Resuming);
        m_server->sendToAll(m_server->eventAt(2));
        m_server->sendToAll(StubServer::message(QStringLiteral("passed"), {{QStringLiteral("to"), 9}}));
        m_server->sendToAll(resumedMessage(9, true));
        QTRY_COMPARE(m_stream->state(), State::Live);
        QCOMPARE(seqs(), QList<Seq>{2});
        QCOMPARE(m_cursor->position()->seq, 9);
        QCOMPARE(m_server->attempts, 1);
    }

    void gap_thatResumingDoesNotFill_startsOver()
    {
        m_server->resumes = false;
        m_server->pongs = false;
        m_cursor->moveTo({QStringLiteral("first"), 1});
        openStream(quick());
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("nothing came between 1 and 9")));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("nothing came between 1 and 9")));
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

    void pong_beyondThePosition_isAGap()
    {
        net::Options options = quick();
        options.timing.pingInterval = 30ms;
        openStream(options);
        QTRY_COMPARE(m_stream->state(), State::Live);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("nothing came between 0 and 1")));
        m_server->publish(false); // lost, and nothing follows
        QTRY_COMPARE(seqs(), QList<Seq>{1});
        QCOMPARE(m_server->attempts, 2);
    }

    void liveEvents_beforeTheMissedOnes_waitForThem()
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

    void resumed_incomplete_movesToTheServersPosition()
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

    void resumed_withAnotherEpoch_takesNothingOfItBefore()
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

    void notUnderstood_isPassedOver()
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

    void lateness_isMeasuredOnTheServersClock()
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

    /// Four megabytes in one go, which take a moment each to show: input is not kept waiting until the last.
    void manyAtOnce_leaveTurnsToOthers()
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
};

PRISM_TEST(TestEventStream)

} // namespace tst_event_stream

#include "tst_event_stream.moc"
