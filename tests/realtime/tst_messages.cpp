#include "shared/protocol/timestamp.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

namespace tst_messages {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// What a client may say, and what happens when it says something else.
class TestMessages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { start({}); }
    void cleanupTestCase() { m_server.reset(); }

    void ping_isAnsweredWithTimeAndPosition()
    {
        RestClient rest(m_server->httpUrl());
        QCOMPARE(rest.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status, 201);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        const auto pong = client.sync();
        QVERIFY(pong.has_value());
        QCOMPARE((*pong)["data"_L1]["seq"_L1].toInteger(), 1);
        QVERIFY(prism::protocol::fromIso((*pong)["data"_L1]["serverTime"_L1].toString()).has_value());
        QVERIFY(!pong->contains("seq"_L1));
    }

    void message_thatIsNotUnderstood_isAnsweredAndTheConnectionStays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown type") << uR"({"type":"dance"})"_s;
        QTest::newRow("dashboard of no period") << uR"({"type":"dashboard"})"_s;
        QTest::newRow("dashboard of a decade") << uR"({"type":"dashboard","data":{"period":"decade"}})"_s;
        QTest::newRow("no type") << u"{}"_s;
        QTest::newRow("nested too deep")
            << uR"({"type":"ping","data":)"_s + QString(40, u'[') + QString(40, u']') + u'}';
        QTest::newRow("type is a number") << uR"({"type":7})"_s;
        QTest::newRow("type is an object") << uR"({"type":{"a":1}})"_s;
        QTest::newRow("not JSON") << u"hello"_s;
        QTest::newRow("half of JSON") << uR"({"type":"ping")"_s;
        QTest::newRow("list") << uR"(["ping"])"_s;
        QTest::newRow("empty") << u" "_s;
        QTest::newRow("subscribe to nothing") << uR"({"type":"subscribe"})"_s;
        QTest::newRow("subscribe to a number") << uR"({"type":"subscribe","data":{"event":7}})"_s;
        QTest::newRow("subscribe to an empty text") << uR"({"type":"subscribe","data":{"event":""}})"_s;
        QTest::newRow("subscribe to a novel")
            << uR"({"type":"subscribe","data":{"event":"%1"}})"_s.arg(QString(5000, u'x'));
        QTest::newRow("join nothing") << uR"({"type":"join","data":{}})"_s;
        QTest::newRow("data is text") << uR"({"type":"join","data":"web"})"_s;
        QTest::newRow("deep") << QString(2000, u'[');
    }

    void message_thatIsNotUnderstood_isAnsweredAndTheConnectionStays()
    {
        QFETCH(const QString, text);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.sendText(text);
        const auto error = client.waitForType("error"_L1);
        QVERIFY(error.has_value());
        QVERIFY((*error)["data"_L1]["code"_L1].toString().startsWith(u"ERR_"));
        QVERIFY(!(*error)["data"_L1]["message"_L1].toString().isEmpty());
        QVERIFY(client.sync().has_value());
        QCOMPARE(client.types(), (QStringList{u"connected"_s, u"error"_s, u"pong"_s}));
    }

    void binaryFrame_isAnsweredWithAnError()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.socket().sendBinaryMessage("\x01\x02");
        QVERIFY(client.waitForType("error"_L1).has_value());
        QVERIFY(client.sync().has_value());
    }

    void subscriptions_areLimited()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        int sent = 0;
        for (const QString& type :
             {u"analytics:record:created"_s, u"analytics:record:updated"_s, u"analytics:record:deleted"_s,
              u"gateway:check:completed"_s, u"gateway:check:updated"_s, u"retro:created"_s,
              u"alert:acknowledged"_s, u"settings:updated"_s, u"principles:updated"_s}) {
            for (qsizetype i = 1; i <= type.size(); ++i, ++sent)
                client.send({{u"type"_s, u"subscribe"_s}, {u"event"_s, type.first(i) + u'*'}});
        }
        for (int i = 0; i < 2000; ++i)
            client.send({{u"type"_s, u"join"_s}, {u"room"_s, u"room %1"_s.arg(i)}});
        QVERIFY(client.sync().has_value());
        const QStringList types = client.types();
        QCOMPARE(types.size(), 1 + sent + 2000 + 1);
        QVERIFY(types.count(u"subscribed"_s) >= 100 && types.count(u"subscribed"_s) < sent);
        QCOMPARE(types.count(u"room:joined"_s), 100);
    }

    void message_overTheLimit_closesWith1009_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("default") << QStringList() << qsizetype(64 * 1024);
        QTest::newRow("set") << QStringList{u"--max-message-bytes"_s, u"1000"_s} << qsizetype(1000);
    }

    void message_overTheLimit_closesWith1009()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const qsizetype, limit);
        start(arguments);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        const QString ping = uR"({"type":"ping"})"_s;
        client.sendText(ping + QString(limit - ping.size(), u' '));
        QVERIFY2(client.waitForType("pong"_L1).has_value(), "a message of just that size is fine");
        client.sendText(ping + QString(limit + 1 - ping.size(), u' '));
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1009);
    }

    void fragments_overTheLimit_closeWith1009()
    {
        start({u"--max-message-bytes"_s, u"1000"_s});
        RawWebSocket socket(m_server->wsPort());
        QCOMPARE(socket.handshake().status, 101);
        // A text frame and its continuations, none of them final.
        for (int i = 0; i < 5; ++i) {
            QByteArray frame;
            frame += char(i == 0 ? 0x01 : 0x00);
            frame += char(0x80 | 126);
            frame += char(300 >> 8);
            frame += char(300 & 0xff);
            socket.raw().write(frame + QByteArray(4, '\0') + QByteArray(300, ' '));
        }
        std::optional<RawWebSocket::Frame> frame = socket.read();
        while (frame && frame->opcode != 8)
            frame = socket.read();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->closeCode(), 1009);
    }

    void frame_thatBreaksTheProtocol_endsTheConnection()
    {
        start({});
        RawWebSocket socket(m_server->wsPort());
        socket.raw().write(QByteArray("\xf1\x80\0\0\0\0", 6)); // bits that no extension here gives a meaning
        std::optional<RawWebSocket::Frame> frame = socket.read();
        while (frame && frame->opcode != 8)
            frame = socket.read();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->closeCode(), 1002);
        QVERIFY(socket.raw().waitForClosed());
        QCOMPARE(RestClient(m_server->httpUrl()).get("/health").status, 200);
    }

    void controlPing_isAnsweredWithItsPayload()
    {
        RawWebSocket socket(m_server->wsPort());
        socket.send(9, "are you there");
        std::optional<RawWebSocket::Frame> frame = socket.read();
        while (frame && frame->opcode != 10)
            frame = socket.read();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->payload, "are you there"_ba);
    }

    void close_isAnsweredWithAClose()
    {
        RawWebSocket socket(m_server->wsPort());
        socket.send(8, QByteArray("\x03\xe8", 2));
        std::optional<RawWebSocket::Frame> frame = socket.read();
        while (frame && frame->opcode != 8)
            frame = socket.read();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->closeCode(), 1000);
        QVERIFY(socket.raw().waitForClosed());
    }

private:
    void start(const QStringList& arguments)
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestMessages)

} // namespace tst_messages

#include "tst_messages.moc"
