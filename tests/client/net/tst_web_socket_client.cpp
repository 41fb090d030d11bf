#include "client/net/web_socket.h"
#include "shared/protocol/web_socket_frame.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

namespace tst_web_socket_client {

using namespace prism;
using namespace Qt::StringLiterals;
using net::WebSocket;
using protocol::Opcode;
using protocol::webSocketFrame;

namespace {

constexpr qint64 mostBytes = 1000;

/// A server's frame of which every bit of the first byte can be chosen.
QByteArray frame(int first, const QByteArray& payload)
{
    QByteArray whole = webSocketFrame(Opcode(first & 0x0f), payload);
    whole[0] = char(first);
    return whole;
}

} // namespace

/// The dashboard's end of a WebSocket, whose server is spoken by hand.
class TestWebSocketClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTcpServer> m_server;
    QTcpSocket* m_peer = nullptr;
    std::unique_ptr<WebSocket> m_client;
    std::unique_ptr<QSignalSpy> m_opened;
    std::unique_ptr<QSignalSpy> m_closed;
    QList<QByteArray> m_texts;
    QByteArray m_request;
    QByteArray m_said; ///< by the client, after its request

    static QByteArray accept(const QByteArray& request)
    {
        const QByteArray field = "Sec-WebSocket-Key: ";
        const qsizetype at = request.indexOf(field) + field.size();
        const QByteArray key = request.mid(at, request.indexOf('\r', at) - at);
        return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                        QCryptographicHash::Sha1)
            .toBase64();
    }

    static QByteArray goodAnswer(const QByteArray& request)
    {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Accept: " +
               accept(request) + "\r\n\r\n";
    }

    void connectOnly()
    {
        m_client->open(QUrl(u"ws://127.0.0.1:%1/ws?since=3&epoch=e"_s.arg(m_server->serverPort())));
        QTRY_VERIFY(m_server->hasPendingConnections());
        m_peer = m_server->nextPendingConnection();
        QTRY_VERIFY((m_request += m_peer->readAll()).endsWith("\r\n\r\n"));
    }

    void open(const QByteArray& behind = {})
    {
        connectOnly();
        m_peer->write(goodAnswer(m_request) + behind);
        QTRY_COMPARE(m_opened->size(), 1);
    }

    /// Reads what the client says until it has said `size` bytes.
    void hear(qsizetype size) { QTRY_VERIFY((m_said += m_peer->readAll()).size() >= size); }

    /// The payload of the client's only frame, whose mask is taken off.
    QByteArray payload() const
    {
        const QByteArray key = m_said.mid(2, 4);
        QByteArray plain = m_said.sliced(6);
        for (qsizetype i = 0; i < plain.size(); ++i)
            plain[i] = char(plain[i] ^ key[i % 4]);
        return plain;
    }

private slots:
    void init()
    {
        m_server = std::make_unique<QTcpServer>();
        QVERIFY(m_server->listen(QHostAddress::LocalHost));
        m_client = std::make_unique<WebSocket>(mostBytes, nullptr);
        m_opened = std::make_unique<QSignalSpy>(m_client.get(), &WebSocket::opened);
        m_closed = std::make_unique<QSignalSpy>(m_client.get(), &WebSocket::closed);
        connect(m_client.get(), &WebSocket::textReceived, this,
                [this](const QByteArray& text) { m_texts.append(text); });
        m_texts.clear();
        m_request.clear();
        m_said.clear();
    }

    void cleanup()
    {
        m_closed.reset();
        m_opened.reset();
        m_client.reset();
        m_server.reset();
    }

    void request_isThatOfTheStandard()
    {
        connectOnly();
        QVERIFY(m_request.startsWith("GET /ws?since=3&epoch=e HTTP/1.1\r\n"));
        QVERIFY(
            m_request.contains("\r\nHost: 127.0.0.1:" + QByteArray::number(m_server->serverPort()) + "\r\n"));
        for (const char* field : {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"})
            QVERIFY2(m_request.contains("\r\n" + QByteArray(field) + "\r\n"), field);
        QVERIFY(!m_request.contains("Origin"));
    }

    void answer_thatIsNone_closes_data()
    {
        QTest::addColumn<QByteArray>("answer"); // ACCEPT stands for what belongs to the request's key
        const QByteArray good = "HTTP/1.1 101 OK\r\nupgrade: WebSocket\r\nconnection: x, upgrade\r\n";
        QTest::newRow("refused") << "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"_ba;
        QTest::newRow("another protocol") << "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba;
        QTest::newRow("no upgrade")
            << "HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n"_ba;
        QTest::newRow("no connection")
            << "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n"_ba;
        QTest::newRow("no accept") << good + "\r\n";
        QTest::newRow("another's accept")
            << good + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        QTest::newRow("an extension")
            << good + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Extensions: x\r\n\r\n";
        QTest::newRow("a head without end") << QByteArray(20'000, 'x');
        QTest::newRow("an end") << ""_ba;
    }

    void answer_thatIsNone_closes()
    {
        QFETCH(QByteArray, answer);
        connectOnly();
        const bool isEnd = answer.isEmpty();
        m_peer->write(answer.replace("ACCEPT", accept(m_request)));
        if (isEnd)
            m_peer->close();
        QTRY_COMPARE(m_closed->size(), 1);
        QVERIFY(m_opened->isEmpty());
        QVERIFY(!m_client->reason().isEmpty());
        QTcpSocket later;
        later.connectToHost(QHostAddress::LocalHost, m_server->serverPort());
        QTRY_VERIFY(m_server->hasPendingConnections());
        QCOMPARE(m_closed->size(), 1); // what came before that is over
    }

    void noServer_closes()
    {
        const quint16 port = m_server->serverPort();
        m_server->close();
        m_client->open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)));
        QTRY_COMPARE(m_closed->size(), 1);
        QCOMPARE(m_client->closeCode(), 1006);
    }

    void answer_inPieces_opens()
    {
        connectOnly();
        const QByteArray answer = goodAnswer(m_request) + frame(0x81, "first");
        for (qsizetype i = 0; i < answer.size(); ++i) {
            m_peer->write(answer.sliced(i, 1));
            m_peer->flush();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(m_texts, QList<QByteArray>{"first"});
    }

    /// A proxy may make of a frame whatever it likes.
    void text_splitAnywhere_isReadWhole()
    {
        const QByteArray text = "Gerät 🦊 ok"_ba;
        open(frame(0x81, "first"));
        QList<QByteArray> expected{"first"};
        for (qsizetype at = 0; at <= text.size(); ++at) {
            m_peer->write(frame(0x01, text.first(at)) + frame(0x89, "") + frame(0x80, text.sliced(at)));
            expected.append(text);
        }
        QTRY_COMPARE(m_texts, expected);
        QVERIFY(m_closed->isEmpty());
    }

    void ping_isAnsweredWithItsPayload()
    {
        open();
        m_peer->write(frame(0x89, "are you there"));
        hear(6 + 13);
        QCOMPARE(m_said.first(2), "\x8a\x8d"_ba);
        QCOMPARE(payload(), "are you there"_ba);
    }

    void texts_areMaskedEachWithAnotherKey()
    {
        open();
        m_client->sendText("hello");
        m_client->sendText("hello");
        hear(22);
        QCOMPARE(m_said.first(2), "\x81\x85"_ba);
        QVERIFY(m_said.mid(2, 4) != m_said.mid(13, 4));
        m_said.truncate(11);
        QCOMPARE(payload(), "hello"_ba);
    }

    void close_isAnsweredAndTold_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("answer");
        for (const int code : {1000, 1001, 1008, 1012, 1013, 4008, 4029})
            QTest::addRow("%d", code) << protocol::closePayload(code, u"because"_s) << code << code;
        QTest::newRow("none") << ""_ba << 1005 << 1000;
    }

    void close_isAnsweredAndTold()
    {
        QFETCH(const QByteArray, payload);
        QFETCH(const int, code);
        QFETCH(const int, answer);
        open();
        m_peer->write(frame(0x81, "before") + frame(0x88, payload) + frame(0x81, "behind"));
        QTRY_COMPARE(m_closed->size(), 1);
        QCOMPARE(m_client->closeCode(), code);
        QVERIFY(payload.isEmpty() || m_client->reason().contains(u"because"));
        QCOMPARE(m_texts, QList<QByteArray>{"before"});
        hear(8);
        QCOMPARE(this->payload(), protocol::closePayload(answer, QString()));
    }

    void whatBreaksTheProtocol_isClosedWithItsCode_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("masked") << webSocketFrame(Opcode::Text, "a", 7) << 1002;
        QTest::newRow("reserved bit") << frame(0xc1, "a") << 1002;
        QTest::newRow("reserved opcode") << frame(0x83, "a") << 1002;
        QTest::newRow("fragmented ping") << frame(0x09, "a") << 1002;
        QTest::newRow("no text") << frame(0x81, "\xff") << 1007;
        QTest::newRow("too big") << frame(0x81, QByteArray(mostBytes + 1, 'x')) << 1009;
        QTest::newRow("close code that is none") << frame(0x88, protocol::closePayload(1006, {})) << 1002;
    }

    void whatBreaksTheProtocol_isClosedWithItsCode()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        open();
        m_peer->write(bytes);
        hear(8);
        const QByteArray said = payload();
        QCOMPARE(said.first(2), protocol::closePayload(code, QString()));
        QTRY_COMPARE(m_closed->size(), 1);
        QVERIFY(!m_client->reason().isEmpty());
    }

    void paused_itReadsNoMoreAndTheServerNotices()
    {
        open();
        m_client->setPaused(true);
        QByteArray many;
        const int count = 20'000;
        for (int i = 0; i < count; ++i)
            many += frame(0x81, QByteArray(1000, 'x'));
        m_peer->write(many);
        QTRY_VERIFY2(!m_peer->flush(), "the kernel takes all of it");
        QVERIFY(m_texts.isEmpty());
        QVERIFY(m_peer->bytesToWrite() > 0);
        m_client->setPaused(false);
        QTRY_COMPARE_WITH_TIMEOUT(m_texts.size(), count, 20'000);
    }

    void whatCameBeforeTheEnd_isTold()
    {
        open();
        m_client->setPaused(true);
        m_peer->write(frame(0x81, "one") + frame(0x81, "two"));
        m_peer->close();
        QTRY_COMPARE(m_closed->size(), 1);
        QCOMPARE(m_texts, (QList<QByteArray>{"one", "two"}));
        QCOMPARE(m_client->closeCode(), 1006);
    }

    void close_saysGoodbyeAndAbortNothing()
    {
        open();
        m_client->close(1001);
        m_client->sendText("too late");
        QTRY_COMPARE(m_closed->size(), 1);
        hear(8);
        QCOMPARE(m_said.size(), 8);
        QCOMPARE(payload(), protocol::closePayload(1001, QString()));
        cleanup();
        init();
        open();
        m_client->abort();
        QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(m_closed->isEmpty());
    }
};

PRISM_TEST(TestWebSocketClient)

} // namespace tst_web_socket_client

#include "tst_web_socket_client.moc"
