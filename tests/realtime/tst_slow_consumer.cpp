#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <thread>

namespace tst_slow_consumer {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace {

constexpr int linesEach = 10000;
constexpr int imports = 3;
constexpr Seq total = linesEach * imports;

QList<Seq> range(Seq from, Seq to)
{
    QList<Seq> list;
    for (Seq i = from; i <= to; ++i)
        list.append(i);
    return list;
}

} // namespace

/// A client that stops reading costs the others nothing, is let go, and loses nothing.
class TestSlowConsumer : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        start({u"--slow-timeout"_s, u"2"_s, u"--max-connections"_s, u"3"_s,
               u"--max-connections-per-address"_s, u"3"_s});
    }

    void cleanup() { m_server.reset(); }

    void stalledClient_thatReadsAgain_isToldAndResumes()
    {
        const auto stalled = stall();
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        bool imported = false;
        std::thread importing([&] { imported = importMany(); });
        const bool told = QTest::qWaitFor([&] { return m_server->log().contains(u"too slow"); }, 30000);
        wake(*stalled);
        QList<int> closeCodes;
        const QList<Seq> seen = readToTheEnd(*stalled, &closeCodes);
        const bool whole = other.waitForSeq(total, 30000);
        importing.join();
        QVERIFY(imported && whole && told);
        QCOMPARE(other.seqs(), range(1, total));
        QCOMPARE(closeCodes, QList<int>{4008});
        QVERIFY(!seen.isEmpty() && seen.last() < total);
        QCOMPARE(seen, range(1, seen.last()));

        WsClient back;
        QUrl url = m_server->wsUrl();
        url.setQuery(u"since=%1&epoch=%2"_s.arg(seen.last()).arg(other.epoch()));
        QVERIFY(back.open(url));
        const auto resumed = back.waitForType("resumed"_L1, 20000);
        QVERIFY(resumed.has_value());
        QCOMPARE((*resumed)["data"_L1]["complete"_L1], QJsonValue(true));
        QCOMPARE(seen + back.seqs(), range(1, total));
    }

    void stalledClient_thatNeverReads_isCutOff()
    {
        const auto stalled = stall();
        QVERIFY(importMany());
        // These three places are all there are.
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        const RawWebSocket third(m_server->wsPort());
        QCOMPARE(third.handshake().status, 101);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->log().contains(u"too slow"), 10000);
        const auto hasRoom = [this] { return RawWebSocket(m_server->wsPort()).handshake().status == 101; };
        QVERIFY(QTest::qWaitFor(hasRoom, 10000));
        QVERIFY(other.sync().has_value());
    }

    void slowClient_thatKeepsReading_isNotCutOff()
    {
        const auto slow = stall();
        wake(*slow, 16 * 1024);
        bool imported = false;
        std::thread importing([&] { imported = importMany(); });
        QList<Seq> seen;
        QElapsedTimer reading;
        reading.start();
        int closeCode = 0;
        while (closeCode == 0 && (seen.isEmpty() || seen.last() < total)) {
            const auto frame = slow->read();
            if (!frame)
                break;
            closeCode = frame->opcode == 8 ? frame->closeCode() : 0;
            if (frame->json().contains("seq"_L1))
                seen.append(frame->json()["seq"_L1].toInteger());
            rest(reading, seen.size());
        }
        importing.join();
        QVERIFY(imported);
        QCOMPARE(closeCode, 0);
        QVERIFY(reading.elapsed() > 2'000);
        QCOMPARE(seen, range(1, total));
    }

    /// It has been sent a ping by then, which says nothing about how fast it reads.
    void clientOfAServerThatStoodStill_isNotTakenForSlow()
    {
        start({u"--slow-timeout"_s, u"0.5"_s, u"--heartbeat-interval"_s, u"2"_s});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QVERIFY(client.sync().has_value());
        QVERIFY(m_server->signal(SIGSTOP));
        QElapsedTimer still;
        still.start();
        QTRY_VERIFY(
            still.hasExpired(2'200)); // longer than a ping's interval, shorter than what ends a session
        QVERIFY(m_server->signal(SIGCONT));
        QVERIFY(client.sync().has_value());
        QVERIFY(!client.waitForClosed(500));
    }

    /// Control frames and answers share the socket with events that go past its buffer.
    void slowClient_thatPings_getsEveryFrameWhole()
    {
        constexpr int pings = 100;
        const auto slow = stall();
        wake(*slow, 16 * 1024);
        bool imported = false;
        std::thread importing([&] { imported = importMany(); });
        QList<Seq> seen;
        QByteArrayList pongs;
        QByteArrayList sent;
        int answers = 0;
        int frames = 0;
        QElapsedTimer reading;
        reading.start();
        while (seen.isEmpty() || seen.last() < total || pongs.size() < pings || answers < pings) {
            const auto frame = slow->read(30'000);
            if (!frame || (frame->opcode != 1 && frame->opcode != 10))
                break;
            if (frame->opcode == 10)
                pongs.append(frame->payload);
            else if (frame->json().contains("seq"_L1))
                seen.append(frame->json()["seq"_L1].toInteger());
            else if (frame->json()["type"_L1] == "pong"_L1)
                ++answers;
            rest(reading, ++frames);
            if (frames % 200 == 0 && sent.size() < pings) {
                sent.append(QByteArray::number(frames));
                slow->send(9, sent.last());
                slow->send(1, R"({"type":"ping"})");
            }
        }
        importing.join();
        QVERIFY(imported);
        QCOMPARE(seen, range(1, total));
        QCOMPARE(pongs, sent);
        QCOMPARE(answers, pings);
    }

    /// What was begun is sent to its end, and the close frame behind it.
    void closeOfAClientThatIsBehind_comesBehindWholeFrames()
    {
        start({u"--slow-timeout"_s, u"20"_s, u"--workers"_s, u"1"_s});
        const auto behind = stall();
        QVERIFY(importMany());
        for (int i = 0; i < 3'000; ++i)
            behind->send(9, QByteArray(100, 'p'));
        behind->send(8, QByteArray::fromHex("03e8"));
        WsClient other; // on the same thread, whose answers come after it has taken in the others
        QVERIFY(other.open(m_server->wsUrl()));
        for (int i = 0; i < 20; ++i)
            QVERIFY(other.sync().has_value());
        wake(*behind);
        QList<int> closeCodes;
        const QList<Seq> seen = readToTheEnd(*behind, &closeCodes);
        QCOMPARE(closeCodes, QList<int>{1000});
        QVERIFY(!seen.isEmpty() && seen.last() < total);
        QCOMPARE(seen, range(1, seen.last()));
    }

private:
    void start(const QStringList& options)
    {
        m_server = std::make_unique<ServerProcess>(options);
        QVERIFY(m_server->start());
    }

    /// Between the frames of a slow reader, which reads ten of them in a millisecond: three seconds for all.
    static void rest(const QElapsedTimer& reading, qsizetype frames)
    {
        if (frames % 100 == 0)
            (void)QTest::qWaitFor([&] { return reading.hasExpired(frames / 10); });
    }

    /// A session that reads nothing: what the kernel does not hold for it waits at the server.
    std::unique_ptr<RawWebSocket> stall()
    {
        auto socket = std::make_unique<RawWebSocket>(m_server->wsPort());
        socket->raw().socket().setReadBufferSize(1);
        return socket;
    }

    static void wake(RawWebSocket& socket, int room = 0) { socket.raw().socket().setReadBufferSize(room); }

    /// Nothing may follow a close frame, however much waits: what does is listed as one more of them.
    static QList<Seq> readToTheEnd(RawWebSocket& socket, QList<int>* closeCodes)
    {
        QList<Seq> seen;
        while (const auto frame = socket.read()) {
            if (frame->opcode == 8 || !closeCodes->isEmpty())
                closeCodes->append(frame->closeCode());
            else if (frame->json().contains("seq"_L1))
                seen.append(frame->json()["seq"_L1].toInteger());
        }
        return seen;
    }

    bool importMany()
    {
        const QByteArray line =
            fill(R"({"status":"BLOCKED","duration":12.5,"project":"web","violations":[{"principleId":"P1",)"
                 R"("principleName":"A principle","severity":"BLOCK","message":"%1"}]})",
                 QByteArray(230, 'm')) +
            '\n';
        RestClient client(m_server->httpUrl());
        for (int i = 0; i < imports; ++i) {
            const HttpResponse response = client.post("/api/v1/gateway/checks", line.repeated(linesEach),
                                                      {{"Content-Type", "application/x-ndjson"}});
            if (response.status != 201)
                return false;
        }
        return true;
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestSlowConsumer)

} // namespace tst_slow_consumer

#include "tst_slow_consumer.moc"
