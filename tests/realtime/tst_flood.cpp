#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <atomic>
#include <thread>

namespace tst_flood {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace {

constexpr int tooMuch = 4029;

/// What a flooder sends over and over.
QByteArray frame(int first, const QByteArray& payload)
{
    QByteArray whole = RawWebSocket::encode(first & 0x0f, payload);
    whole[0] = char(first);
    return whole;
}

} // namespace

/// What a client sends is counted, and nobody else waits for it.
class TestFlood : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;

    void start(const QStringList& options)
    {
        m_server = std::make_unique<ServerProcess>(options);
        QVERIFY(m_server->start());
    }

    /// Sends the frames until the server closes; which code it closed with, 0 for none. Counts the answers.
    static int floodUntilClosed(RawWebSocket& socket, const QByteArray& frames, int times,
                                int* answers = nullptr)
    {
        for (int i = 0; i < times && socket.raw().write(frames); ++i) {
        }
        while (const auto frame = socket.read(10'000)) {
            if (frame->opcode == 8)
                return frame->closeCode();
            if (answers && (frame->opcode == 10 || frame->json()["type"_L1] != u"connected"_s))
                ++*answers;
        }
        return 0;
    }

private slots:
    void cleanup() { m_server.reset(); }

    void moreThanMayCome_isClosedWith4029_data()
    {
        QTest::addColumn<QByteArray>("opening");
        QTest::addColumn<QByteArray>("frames");
        QTest::newRow("pings") << ""_ba << frame(0x89, "");
        QTest::newRow("pongs") << ""_ba << frame(0x8a, "");
        QTest::newRow("ping messages") << ""_ba << frame(0x81, R"({"type":"ping"})");
        QTest::newRow("nonsense") << ""_ba << frame(0x81, "nonsense");
        QTest::newRow("empty messages") << ""_ba << frame(0x81, "");
        QTest::newRow("empty binary messages") << ""_ba << frame(0x82, "");
        QTest::newRow("empty fragments") << frame(0x01, "") << frame(0x00, "");
        QTest::newRow("short fragments") << frame(0x01, "") << frame(0x00, " ");
    }

    void moreThanMayCome_isClosedWith4029()
    {
        QFETCH(const QByteArray, opening);
        QFETCH(const QByteArray, frames);
        start({u"--client-frames"_s, u"10"_s});
        RawWebSocket socket(m_server->wsPort());
        socket.raw().write(opening);
        int answers = 0;
        QCOMPARE(floodUntilClosed(socket, frames, 1'000, &answers), tooMuch);
        QVERIFY2(answers <= 200, qPrintable(QString::number(answers))); // 100, and what time adds
        QCOMPARE(RestClient(m_server->httpUrl())
                     .get("/api/v1/system/status")
                     .data()["sessions"_L1]["floodCloses"_L1]
                     .toInt(-1),
                 1);
    }

    void moreBytesThanMayCome_areClosedWith4029()
    {
        start({u"--client-bytes"_s, u"1000"_s});
        RawWebSocket socket(m_server->wsPort());
        QCOMPARE(floodUntilClosed(socket, frame(0x81, QByteArray(60'000, ' ')), 5), tooMuch);
    }

    /// What a client of ours does, and one that asks for all that there is, is far below.
    void whatMayCome_isNotClosed()
    {
        start({});
        RawWebSocket socket(m_server->wsPort());
        for (int i = 0; i < 3'000; ++i)
            socket.send(9, QByteArray::number(i));
        int pongs = 0;
        while (pongs < 3'000) {
            const auto frame = socket.read();
            QVERIFY(frame.has_value() && frame->opcode != 8);
            pongs += frame->opcode == 10 ? 1 : 0;
        }
    }

    void stream_ofAClientThatSendsWithoutEnd_ends()
    {
        start({});
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        QVERIFY(socket.readAtLeast(100).contains("text/event-stream"));
        const QByteArray junk(64 * 1024, 'x');
        for (int i = 0; i < 1'000 && socket.write(junk); ++i) {
        }
        QVERIFY(socket.waitForClosed());
    }

    /// They come back as soon as they are closed. The others get each event, on the thread that serves them
    /// all.
    void floodingClients_makeNobodyWait_data()
    {
        QTest::addColumn<QByteArray>("opening");
        QTest::addColumn<QByteArray>("frames");
        QTest::newRow("pings") << ""_ba << frame(0x89, "").repeated(1000);
        QTest::newRow("empty fragments") << frame(0x01, "") << frame(0x00, "").repeated(1000);
        QTest::newRow("ping messages") << ""_ba << frame(0x81, R"({"type":"ping"})").repeated(1000);
    }

    void floodingClients_makeNobodyWait()
    {
        QFETCH(const QByteArray, opening);
        QFETCH(const QByteArray, frames);
        start({u"--workers"_s, u"1"_s});
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        std::atomic<bool> isOver{false};
        std::atomic<int> closes{0};
        std::atomic<int> otherEnds{0};
        std::vector<std::thread> flooders;
        for (int i = 0; i < 2; ++i) {
            flooders.emplace_back([this, &opening, &frames, &isOver, &closes, &otherEnds] {
                while (!isOver) {
                    RawWebSocket socket(m_server->wsPort());
                    socket.raw().write(opening);
                    ++(floodUntilClosed(socket, frames, 20) == tooMuch ? closes : otherEnds);
                }
            });
        }
        RestClient rest(m_server->httpUrl());
        Seq written = 0;
        bool areAllThere = true;
        while (areAllThere && (written < 100 || closes < 4) && written < 5'000) {
            ++written;
            areAllThere =
                rest.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status == 201 &&
                other.waitForSeq(written);
        }
        isOver = true;
        for (std::thread& flooder : flooders)
            flooder.join();
        QVERIFY(areAllThere);
        QVERIFY(closes >= 4);
        QCOMPARE(otherEnds.load(), 0);
        QCOMPARE(other.seqs().size(), written);
        QVERIFY(other.sync().has_value());
    }
};

PRISM_TEST(TestFlood)

} // namespace tst_flood

#include "tst_flood.moc"
