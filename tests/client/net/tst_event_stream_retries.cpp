#include "tests/client/net/event_stream_test.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QTimer>

namespace tst_event_stream_retries {

using namespace prism;
using namespace prism::test;
using namespace std::chrono_literals;
using net::EventStream;
using protocol::Seq;
using State = net::EventStream::State;

/// What the stream does when it has no session, or loses it.
class TestEventStreamRetries : public QObject, private EventStreamTest
{
    Q_OBJECT

private slots:
    void init()
    {
        begin();
        m_waits.clear();
    }

    void cleanup() { end(); }

    void handshake_refused_isTriedAgain()
    {
        m_server->acceptsSessions = false;
        openStream(quick());
        QTRY_VERIFY(m_server->attempts >= 3);
        m_server->acceptsSessions = true;
        QTRY_COMPARE(m_stream->state(), State::Live);
    }

    void handshake_withoutHello_isTriedAgain()
    {
        m_server->greets = false;
        net::Options options = quick();
        options.timing.handshakeDeadline = 300ms;
        openStream(options);
        QTRY_COMPARE(m_server->attempts, 2);
        m_server->greets = true;
        QTRY_COMPARE(m_stream->state(), State::Live);
    }

    void resume_thatComesSlowly_isWaitedFor()
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

    void server_gone_waitsLongerEachTime()
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

    void server_silent_isLeft()
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

    void closed_withPolicyViolation_isNotTriedAgain()
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

    void closed_withAnyOtherCode_isTriedAgainAndResumed_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {0, 1000, 1001, 1002, 1007, 1009, 1011, 1012, 1013, 4008, 4029})
            QTest::addRow("%d", code) << code;
    }

    void closed_withAnyOtherCode_isTriedAgainAndResumed()
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
    void closed_forSendingTooMuch_waitsLongerEachTime()
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
        QTimer later; // than the end of the longest wait, which began before it
        later.setSingleShot(true);
        later.start(options.timing.longestRetry * 4 / 3);
        QTRY_VERIFY(!later.isActive());
        m_server->closeSessions(4029);
        QTRY_COMPARE(m_waits.size(), 1);
        QVERIFY(m_waits.first() <= 40);
    }

    void retryNow_endsTheWait()
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

    void stop_endsTheSession()
    {
        openStream(quick());
        QTRY_COMPARE(m_server->sessions(), 1);
        QTRY_COMPARE(m_stream->state(), State::Live);
        m_stream->stop();
        QTRY_COMPARE(m_server->sessions(), 0);
        QCOMPARE(m_stream->state(), State::Idle);
        QCOMPARE(m_server->attempts, 1);
    }

private:
    QList<qint64> m_waits;
};

PRISM_TEST(TestEventStreamRetries)

} // namespace tst_event_stream_retries

#include "tst_event_stream_retries.moc"
