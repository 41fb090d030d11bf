#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

namespace tst_upgrade {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// Which upgrades become sessions, and how the others are refused before any WebSocket exists.
class TestUpgrade : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_server.reset(); }

    void upgrade_isAnsweredAsTheStandardSays()
    {
        start();
        const RawWebSocket socket(m_server->wsPort());
        QCOMPARE(socket.handshake().status, 101);
        QCOMPARE(socket.handshake().header("Upgrade").toLower(), "websocket"_ba);
        // The answer to the key of RFC 6455's own example.
        QCOMPARE(socket.handshake().header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba);
    }

    void origin_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("status");
        QTest::newRow("none") << ""_ba << 101;
        QTest::newRow("foreign") << "Origin: https://attacker.example\r\n"_ba << 403;
        QTest::newRow("null") << "Origin: null\r\n"_ba << 403;
        QTest::newRow("listed") << "Origin: https://trusted.example\r\n"_ba << 101;
    }

    void origin()
    {
        QFETCH(const QByteArray, headers);
        QFETCH(const int, status);
        start({u"--allow-origin"_s, u"https://trusted.example"_s});
        for (const quint16 port : {m_server->wsPort(), m_server->httpPort()}) {
            const RawWebSocket socket(port, "/ws", headers);
            QCOMPARE(socket.handshake().status, status);
            if (status == 403)
                QCOMPARE(socket.handshake().error(), u"ERR_2002"_s);
        }
    }

    void host_thatIsForeign_isRefused()
    {
        start();
        RawSocket socket(m_server->wsPort());
        socket.write("GET /ws HTTP/1.1\r\nHost: attacker.example\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 403);
    }

    void path_thatIsNotWs_isNotFound()
    {
        start();
        for (const quint16 port : {m_server->wsPort(), m_server->httpPort()}) {
            for (const QByteArray path : {"/", "/wss", "/ws/", "/api/v1/nothing"}) {
                const RawWebSocket socket(port, path);
                QCOMPARE(socket.handshake().status, 404);
                QCOMPARE(socket.handshake().error(), u"ERR_3001"_s);
            }
        }
    }

    void plainGet_onWs_needsAnUpgrade()
    {
        start();
        for (const quint16 port : {m_server->wsPort(), m_server->httpPort()}) {
            RawSocket socket(port);
            socket.write("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n");
            const HttpResponse response = socket.readResponse();
            QCOMPARE(response.status, 426);
            QCOMPARE(response.header("Upgrade").toLower(), "websocket"_ba);
            QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        }
    }

    void wsPort_servesNothingElse()
    {
        start();
        QUrl url = m_server->httpUrl();
        url.setPort(m_server->wsPort());
        RestClient client(url);
        for (const QByteArray path : {"/health", "/ready", "/api/v1/analytics/records"}) {
            QCOMPARE(client.get(path).status, 404);
            QCOMPARE(client.post(path, parseJson("{}")).status, 404);
        }
    }

    void upgrade_isReadAsTheStandardSays_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const QByteArray get = "GET /ws HTTP/1.1\r\nHost: localhost\r\n";
        const QByteArray upgrade = "Upgrade: websocket\r\n";
        const QByteArray connection = "Connection: Upgrade\r\n";
        const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
        const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        const auto row = [](const char* name, const QByteArray& start, const QByteArray& fields, int status) {
            QTest::newRow(name) << start << fields << status;
        };
        row("plain", get, upgrade + connection + version + key, 101);
        row("names in any case", get,
            (upgrade + connection + version).toUpper() + "SEC-WEBSOCKET-KEY: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            101);
        row("list of connection", get, upgrade + "Connection: keep-alive,UPGRADE , close\r\n" + version + key,
            101);
        row("two fields of connection", get,
            upgrade + "Connection: keep-alive\r\n" + connection + version + key, 101);
        row("list of upgrade", get, "Upgrade: h2c, WebSocket\r\n" + connection + version + key, 101);
        row("with an extension and a protocol", get,
            upgrade + connection + version + key +
                "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: chat\r\n",
            101);
        row("many and long fields", get,
            upgrade + connection + version + key + "Cookie: " + QByteArray(9'000, 'c') + "\r\n" +
                QByteArray("X-More: x\r\n").repeated(90),
            101);
        row("long address",
            "GET /ws?since=1&epoch=" + QByteArray(9'000, 'e') + " HTTP/1.1\r\nHost: localhost\r\n",
            upgrade + connection + version + key, 101);
        row("empty body", get, upgrade + connection + version + key + "Content-Length: 0\r\n", 101);

        row("old version", get, upgrade + connection + "Sec-WebSocket-Version: 8\r\n" + key, 426);
        row("newer version", get, upgrade + connection + "Sec-WebSocket-Version: 14\r\n" + key, 426);
        row("list of versions", get, upgrade + connection + "Sec-WebSocket-Version: 13, 8\r\n" + key, 426);
        row("two versions", get, upgrade + connection + version + version + key, 426);
        row("no version", get, upgrade + connection + key, 426);
        row("no upgrade", get, connection + version + key, 426);
        row("upgrade to something like it", get, "Upgrade: websocket2\r\n" + connection + version + key, 426);
        row("POST", "POST /ws HTTP/1.1\r\nHost: localhost\r\n",
            upgrade + connection + version + key + "Content-Length: 0\r\n", 426);
        row("HTTP/1.0", "GET /ws HTTP/1.0\r\nHost: localhost\r\n", upgrade + connection + version + key, 426);
        row("no connection", get, upgrade + version + key, 400);
        row("connection of something like it", get, upgrade + "Connection: no-upgrade\r\n" + version + key,
            400);
        row("no key", get, upgrade + connection + version, 400);
        row("short key", get, upgrade + connection + version + "Sec-WebSocket-Key: abc\r\n", 400);
        row("key of 15 bytes", get,
            upgrade + connection + version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j\r\n", 400);
        row("key of 17 bytes", get,
            upgrade + connection + version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=\r\n", 400);
        row("key with other letters", get,
            upgrade + connection + version + "Sec-WebSocket-Key: dGhl!!IHNhbXBsZSBub25jZQ==\r\n", 400);
        row("key without its end", get,
            upgrade + connection + version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n", 400);
        row("two keys", get, upgrade + connection + version + key + key, 400);
        row("body", get, upgrade + connection + version + key + "Content-Length: 3\r\n", 400);
        row("chunked body", get, upgrade + connection + version + key + "Transfer-Encoding: chunked\r\n",
            400);
    }

    void upgrade_isReadAsTheStandardSays()
    {
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, fields);
        QFETCH(const int, status);
        if (!m_server)
            this->start();
        for (const quint16 port : {m_server->wsPort(), m_server->httpPort()}) {
            RawSocket socket(port);
            socket.write(start + fields + "\r\n");
            const HttpResponse response = socket.readResponse();
            QVERIFY2(response.status == status, response.summary().constData());
            if (status == 101) {
                QCOMPARE(response.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba);
                QVERIFY(!response.hasHeader("Sec-WebSocket-Extensions"));
                QVERIFY(!response.hasHeader("Sec-WebSocket-Protocol"));
                QVERIFY(socket.readAtLeast(100).contains("connected"));
            } else {
                QCOMPARE(response.error(), u"ERR_1001"_s);
                const bool isAboutVersion = status == 426 && !response.hasHeader("Upgrade");
                QCOMPARE(response.header("Sec-WebSocket-Version"), isAboutVersion ? "13"_ba : ""_ba);
            }
        }
    }

    void handshake_thatIsNotFinished_timesOut()
    {
        start({u"--handshake-timeout"_s, u"0.3"_s, u"--request-timeout"_s, u"0.3"_s});
        RawSocket socket(m_server->wsPort());
        socket.write("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n");
        QVERIFY(socket.waitForClosed(3000));
        QVERIFY(!socket.readAll().startsWith("HTTP/1.1 101"));
    }

    void sessions_overTheLimit_areRefusedWith503()
    {
        start({u"--max-connections"_s, u"2"_s, u"--max-connections-per-address"_s, u"2"_s});
        auto first = std::make_unique<RawWebSocket>(m_server->wsPort());
        const RawWebSocket second(m_server->httpPort());
        QCOMPARE(first->handshake().status, 101);
        QCOMPARE(second.handshake().status, 101);
        for (const quint16 port : {m_server->wsPort(), m_server->httpPort()}) {
            const RawWebSocket third(port);
            QCOMPARE(third.handshake().status, 503);
            QCOMPARE(third.handshake().error(), u"ERR_5001"_s);
            QVERIFY(third.handshake().hasHeader("Retry-After"));
        }
        first.reset();
        const auto hasRoom = [this] { return RawWebSocket(m_server->wsPort()).handshake().status == 101; };
        QVERIFY(QTest::qWaitFor(hasRoom));
    }

    /// The connection goes from one thread to another while the client, which does not wait for the answer to
    /// its upgrade, goes on sending.
    void messages_sentRightBehindTheUpgrade_areAnsweredInOrder_data()
    {
        QTest::addColumn<bool>("behindAGet");
        QTest::addColumn<qsizetype>("piece"); ///< bytes written at a time
        QTest::addColumn<qsizetype>("padding");
        constexpr qsizetype all = 1'000'000;
        QTest::newRow("in one piece") << false << all << qsizetype(0);
        QTest::newRow("behind another request") << true << all << qsizetype(0);
        QTest::newRow("in two") << false << qsizetype(220) << qsizetype(0);
        QTest::newRow("bit by bit") << true << qsizetype(3) << qsizetype(0);
        QTest::newRow("more than is read at once") << false << all << qsizetype(60'000);
        QTest::newRow("more than is read at once, in pieces")
            << true << qsizetype(9'000) << qsizetype(60'000);
    }

    void messages_sentRightBehindTheUpgrade_areAnsweredInOrder()
    {
        QFETCH(const bool, behindAGet);
        QFETCH(const qsizetype, piece);
        QFETCH(const qsizetype, padding);
        start();
        constexpr int clients = 10;
        constexpr int rooms = 6;
        QByteArray sent = behindAGet ? "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba : ""_ba;
        sent += RawWebSocket::upgradeRequest(m_server->wsPort());
        for (int i = 0; i < rooms; ++i)
            sent += RawWebSocket::encode(
                1, fill(R"({"type":"join","data":{"room":"%1"}})", QByteArray::number(i)) +
                       QByteArray(padding, ' '));
        std::vector<std::unique_ptr<RawSocket>> sockets;
        for (int i = 0; i < clients; ++i) {
            sockets.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
            for (qsizetype at = 0; at < sent.size(); at += piece) {
                QVERIFY(sockets.back()->write(sent.mid(at, piece)));
                sockets.back()->socket().flush();
            }
        }
        for (const auto& socket : sockets) {
            if (behindAGet)
                QCOMPARE(socket->readResponse().status, 200);
            QCOMPARE(socket->readResponse().status, 101);
            QByteArray answers;
            qsizetype from = 0;
            for (int i = 0; i < rooms; ++i) {
                const QByteArray answer = fill(R"({"room":"%1"})", QByteArray::number(i));
                while (answers.indexOf(answer, from) < 0) {
                    const QByteArray more = socket->readAtLeast(1);
                    QVERIFY2(!more.isEmpty(), "a message got lost with the connection");
                    answers += more;
                }
                from = answers.indexOf(answer, from);
            }
            QCOMPARE(answers.count("room:joined"), rooms);
        }
    }

    void manySessions_openAtOnce()
    {
        start();
        std::vector<std::unique_ptr<WsClient>> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<WsClient>());
            clients.back()->begin(m_server->wsUrl());
        }
        for (const auto& client : clients)
            QVERIFY(client->waitForType("connected"_L1).has_value());
        RestClient rest(m_server->httpUrl());
        QCOMPARE(rest.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status, 201);
        for (const auto& client : clients)
            QVERIFY(client->waitForSeq(1));
    }

private:
    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestUpgrade)

} // namespace tst_upgrade

#include "tst_upgrade.moc"
