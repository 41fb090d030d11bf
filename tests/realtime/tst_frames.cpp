#include "tests/support/raw_web_socket.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_frames {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

/// A masked frame of which every bit of the first byte can be chosen.
QByteArray frame(int first, const QByteArray& payload)
{
    QByteArray whole = RawWebSocket::encode(first & 0x0f, payload);
    whole[0] = char(first);
    return whole;
}

QByteArray hex(const char* digits)
{
    return QByteArray::fromHex(digits);
}

const QByteArray joinRoom = R"({"type":"join","data":{"room":"Gerät 🦊"}})"_ba;

} // namespace

/// RFC 6455 as a client finds it that speaks it by hand: what a server has to take, and how it ends what it
/// has not to.
class TestFrames : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;

    /// The next frame that is none of the greeting; see RawWebSocket::read().
    static std::optional<RawWebSocket::Frame> answer(RawWebSocket& socket)
    {
        std::optional<RawWebSocket::Frame> frame = socket.read();
        while (frame && frame->opcode == 1 && frame->json()["type"_L1] == u"connected"_s)
            frame = socket.read();
        return frame;
    }

    void compareJoined(RawWebSocket& socket)
    {
        const auto joined = answer(socket);
        QVERIFY(joined.has_value());
        QCOMPARE(joined->json()["type"_L1].toString(), u"room:joined"_s);
        QCOMPARE(joined->json()["data"_L1]["room"_L1].toString(), QString::fromUtf8("Gerät 🦊"));
    }

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY(m_server->start());
    }
    void cleanupTestCase() { m_server.reset(); }

    /// Within each of its characters too.
    void text_splitAnywhere_isReadWhole()
    {
        RawWebSocket socket(m_server->wsPort());
        for (qsizetype at = 0; at <= joinRoom.size(); ++at) {
            socket.raw().write(frame(0x01, joinRoom.first(at)) + frame(0x80, joinRoom.sliced(at)));
            compareJoined(socket);
        }
    }

    void text_splitIntoItsBytes_withPingsBetween_isReadWhole()
    {
        RawWebSocket socket(m_server->wsPort());
        QByteArray bytes;
        for (qsizetype i = 0; i < joinRoom.size(); ++i) {
            bytes += frame(i == 0 ? 0x01 : 0x00, joinRoom.sliced(i, 1));
            bytes += frame(0x89, QByteArray::number(i)) + frame(0x00, "");
        }
        socket.raw().write(bytes + frame(0x80, ""));
        for (qsizetype i = 0; i < joinRoom.size(); ++i) {
            const auto pong = answer(socket);
            QVERIFY(pong.has_value());
            QCOMPARE(pong->opcode, 10);
            QCOMPARE(pong->payload, QByteArray::number(i));
        }
        compareJoined(socket);
    }

    /// One worker has read the first part before it answers what another client sends after that.
    void text_splitAnywhereOnTheWire_isReadWhole()
    {
        ServerProcess server({u"--workers"_s, u"1"_s});
        QVERIFY(server.start());
        RawWebSocket socket(server.wsPort());
        RawWebSocket other(server.wsPort());
        const QByteArray bytes = frame(0x81, joinRoom);
        for (qsizetype at = 1; at < bytes.size(); at += 5) {
            socket.raw().write(bytes.first(at));
            socket.raw().socket().flush();
            other.send(9, {});
            const auto pong = answer(other);
            QVERIFY(pong && pong->opcode == 10);
            socket.raw().write(bytes.sliced(at));
            compareJoined(socket);
        }
    }

    void ping_isAnsweredWithItsPayload_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("none") << ""_ba;
        QTest::newRow("text") << "are you there"_ba;
        QTest::newRow("bytes") << hex("00ff80c3");
        QTest::newRow("the longest") << QByteArray(125, 'x');
    }

    void ping_isAnsweredWithItsPayload()
    {
        QFETCH(const QByteArray, payload);
        RawWebSocket socket(m_server->wsPort());
        socket.send(9, payload);
        const auto pong = answer(socket);
        QVERIFY(pong.has_value());
        QCOMPARE(pong->opcode, 10);
        QCOMPARE(pong->payload, payload);
    }

    void pong_thatNobodyAskedFor_isPassedOver()
    {
        RawWebSocket socket(m_server->wsPort());
        socket.send(10, "here I am");
        socket.send(9, "and you");
        QCOMPARE(answer(socket)->payload, "and you"_ba);
    }

    void whatBreaksTheProtocol_isClosedWithItsCode_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& bytes, int code) {
            QTest::newRow(name) << bytes << code;
        };
        row("not masked", hex("810161"), 1002);
        row("ping that is not masked", hex("8900"), 1002);
        row("close that is not masked", hex("880203e8"), 1002);
        row("reserved bit 1", frame(0xc1, "a"), 1002);
        row("reserved bit 2", frame(0xa1, "a"), 1002);
        row("reserved bit 3", frame(0x91, "a"), 1002);
        row("reserved opcode", frame(0x83, "a"), 1002);
        row("reserved control opcode", frame(0x8b, "a"), 1002);
        row("fragmented ping", frame(0x09, "a"), 1002);
        row("fragmented close", frame(0x08, hex("03e8")), 1002);
        row("ping of 126 bytes", frame(0x89, QByteArray(126, 'x')), 1002);
        row("continuation of nothing", frame(0x80, "a"), 1002);
        row("text within a text", frame(0x01, "a") + frame(0x81, "b"), 1002);
        row("length longer than needed", hex("81fe007d00000000"), 1002);
        row("length much longer than needed", hex("81ff000000000000007e00000000"), 1002);
        row("length with the highest bit", hex("81ffffffffffffffffff00000000"), 1002);
        row("longest length there is", hex("81ff7fffffffffffffff00000000"), 1009);
        row("length over the limit", hex("81ff000000000001000100000000"), 1009);
        row("fragments over the limit",
            frame(0x01, QByteArray(40'000, ' ')) + frame(0x00, QByteArray(40'000, ' ')), 1009);
        row("no text", frame(0x81, "\xff"), 1007);
        row("text that ends within a character", frame(0x81, "\xe2\x82"), 1007);
        row("fragments that end within a character", frame(0x01, "\xe2") + frame(0x80, "\x82"), 1007);
        row("character that is not continued", frame(0x01, "\xe2") + frame(0x00, "a"), 1007);
        row("surrogate", frame(0x81, hex("eda080")), 1007);
        row("no text in a message that is not over", frame(0x01, "\xc0"), 1007);
        row("no text in a frame that is not over", frame(0x81, "\xf8 and more").first(7), 1007);
        row("close with half a code", frame(0x88, hex("03")), 1002);
        row("close with a code that is none", frame(0x88, hex("03e7")), 1002);
        row("close with 1005", frame(0x88, hex("03ed")), 1002);
        row("close with 1006", frame(0x88, hex("03ee")), 1002);
        row("close with 1015", frame(0x88, hex("03f7")), 1002);
        row("close with 2999", frame(0x88, hex("0bb7")), 1002);
        row("close with a reason that is no text", frame(0x88, hex("03e8ff")), 1007);
    }

    /// A ping before it is still answered, what comes behind it is not.
    void whatBreaksTheProtocol_isClosedWithItsCode()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        RawWebSocket socket(m_server->wsPort());
        socket.raw().write(frame(0x89, "before") + bytes + frame(0x89, "behind"));
        QCOMPARE(answer(socket)->payload, "before"_ba);
        const auto closed = answer(socket);
        QVERIFY(closed.has_value());
        QCOMPARE(closed->opcode, 8);
        QCOMPARE(closed->closeCode(), code);
        QVERIFY(socket.raw().waitForClosed());
        QVERIFY(!answer(socket).has_value());
    }

    void close_isAnsweredWithItsCode_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("code");
        QTest::newRow("none") << ""_ba << 1000;
        for (const int code : {1000, 1001, 1003, 1011, 1012, 1013, 1014, 3000, 4000, 4999})
            QTest::addRow("%d", code) << QByteArray{1, char(code >> 8)} + char(code) << code;
        QTest::newRow("with a reason") << hex("03e9") + "bye 🦊" << 1001;
        QTest::newRow("with the longest reason") << hex("03e8") + QByteArray(123, 'x') << 1000;
    }

    void close_isAnsweredWithItsCode()
    {
        QFETCH(const QByteArray, payload);
        QFETCH(const int, code);
        RawWebSocket socket(m_server->wsPort());
        socket.send(8, payload);
        socket.send(9, "behind it");
        const auto closed = answer(socket);
        QVERIFY(closed.has_value());
        QCOMPARE(closed->opcode, 8);
        QCOMPARE(closed->closeCode(), code);
        QVERIFY(!answer(socket).has_value());
        QVERIFY(socket.raw().waitForClosed());
    }

    /// The server's close frame reaches a client that goes on sending, and then the connection ends all the
    /// same.
    void close_ofAClientThatGoesOnSending_arrives()
    {
        RawWebSocket socket(m_server->wsPort());
        QByteArray bytes = frame(0x83, "");
        for (int i = 0; i < 2'000; ++i)
            bytes += frame(0x81, QByteArray(1000, ' '));
        socket.raw().write(bytes);
        const auto closed = answer(socket);
        QVERIFY(closed.has_value());
        QCOMPARE(closed->closeCode(), 1002);
    }
};

PRISM_TEST(TestFrames)

} // namespace tst_frames

#include "tst_frames.moc"
