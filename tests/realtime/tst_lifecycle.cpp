#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <thread>

namespace tst_lifecycle {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// Heartbeats while a session lives, and how it ends when the server does.
class TestLifecycle : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_server.reset(); }

    void server_pingsAndKeepsWhoAnswers()
    {
        start({u"--heartbeat-interval"_s, u"0.3"_s});
        RawWebSocket socket(m_server->wsPort());
        int pings = 0;
        QElapsedTimer timer;
        timer.start();
        // Well beyond the two intervals of silence that would end it.
        while (timer.elapsed() < 2000) {
            const auto frame = socket.read(1500);
            QVERIFY2(frame.has_value(), "no ping came");
            QVERIFY(frame->opcode != 8);
            if (frame->opcode == 9) {
                ++pings;
                socket.send(10, frame->payload);
            }
        }
        QVERIFY(pings >= 2);
    }

    void server_closesWhoIsSilent()
    {
        start({u"--heartbeat-interval"_s, u"0.3"_s});
        RawWebSocket socket(m_server->wsPort());
        QElapsedTimer timer;
        timer.start();
        int pings = 0;
        bool closed = false;
        while (const auto frame = socket.read(8000)) {
            pings += frame->opcode == 9 ? 1 : 0;
            closed = closed || frame->opcode == 8;
        }
        QVERIFY(!socket.raw().isConnected());
        QVERIFY(closed);
        QVERIFY(pings >= 1);
        QVERIFY2(timer.elapsed() >= 590, "closed before two intervals of silence");
    }

    void session_thatOnlyListens_staysBecauseItAnswersPings()
    {
        start({u"--heartbeat-interval"_s, u"0.2"_s});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QVERIFY2(!client.waitForClosed(1500), "an idle client that answers pings was closed");
        QVERIFY(client.sync().has_value());
    }

    /// They are all alike by then: the kernel does not say any more who they were.
    void clients_thatResetBeforeTheyAreAnswered_harmNobody()
    {
        start({u"--workers"_s, u"1"_s});
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        for (int round = 0; round < 5; ++round) {
            QVERIFY(m_server->signal(SIGSTOP));
            for (int i = 0; i < 40; ++i) {
                RawSocket socket(m_server->wsPort());
                socket.write(RawWebSocket::upgradeRequest(m_server->wsPort()));
                socket.abort();
            }
            QVERIFY(m_server->signal(SIGCONT));
            QVERIFY(other.sync().has_value());
        }
        QVERIFY(WsClient().open(m_server->wsUrl()));
        QVERIFY(m_server->isRunning());
        QCOMPARE(m_server->terminate(), 0);
    }

    void stop_closesSessionsWith1001_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void stop_closesSessionsWith1001()
    {
        QFETCH(const int, number);
        start();
        std::vector<std::unique_ptr<WsClient>> clients;
        for (int i = 0; i < 10; ++i) {
            clients.push_back(std::make_unique<WsClient>());
            QUrl url = m_server->wsUrl();
            url.setPort(i % 2 ? m_server->httpPort() : m_server->wsPort());
            QVERIFY(clients.back()->open(url));
        }
        QVERIFY(m_server->signal(number));
        for (const auto& client : clients) {
            QVERIFY(client->waitForClosed());
            QCOMPARE(client->closeCode(), 1001);
        }
        QCOMPARE(m_server->waitForExit(), 0);
    }

    void stop_withIdleAndStalledConnections_isPrompt()
    {
        start();
        RawSocket idle(m_server->httpPort());
        RawSocket half(m_server->httpPort());
        half.write("GET /health HT");
        RawWebSocket deaf(m_server->wsPort());
        QCOMPARE(RestClient(m_server->httpUrl()).get("/health").status, 200);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY2(timer.elapsed() < 8000, "it took too long to stop");
    }

    void stop_withHalfABody_waitsForItOnlySoLong()
    {
        start();
        RawSocket half(m_server->httpPort());
        half.write("POST /api/v1/retros HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   "Content-Length: 100\r\n\r\n{");
        QCOMPARE(RestClient(m_server->httpUrl()).get("/health").status, 200);
        m_server->expectWarning(u"not everything was finished in time"_s);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY2(timer.elapsed() < 8000, "it took too long to stop");
    }

    void stop_whileWritesGoOn_losesNoneThatWasAcknowledged()
    {
        start();
        std::atomic<int> acknowledged{0};
        std::atomic<bool> ended{false};
        std::vector<std::thread> writers;
        for (int w = 0; w < 4; ++w) {
            writers.emplace_back([this, &acknowledged, &ended] {
                RestClient client(m_server->httpUrl());
                while (!ended) {
                    const int status =
                        client.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status;
                    if (status == 201)
                        ++acknowledged;
                    else
                        return;
                }
            });
        }
        QTRY_VERIFY(acknowledged > 100);
        const int code = m_server->terminate();
        ended = true;
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(code, 0);
        QVERIFY(m_server->restart());
        const int kept = RestClient(m_server->httpUrl())
                             .get("/api/v1/analytics/usage?period=all")
                             .data()["totalRetrospectives"_L1]
                             .toInt();
        // A write may be on disk without its writer having heard of it, never the other way round.
        QVERIFY(kept >= acknowledged && kept <= acknowledged + 4);
    }

private:
    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestLifecycle)

} // namespace tst_lifecycle

#include "tst_lifecycle.moc"
