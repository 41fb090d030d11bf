#include "shared/protocol/web_socket_reader.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QStringDecoder>
#include <QTest>

namespace tst_web_socket_reader {

using namespace prism::protocol;
using namespace Qt::StringLiterals;
using Step = WebSocketReader::Step;
using Peer = WebSocketReader::Peer;

namespace {

constexpr qint64 mostBytes = 1000;

/// Everything that was read of some bytes, one letter for each step: the messages' payloads, and the fault's
/// code.
struct Reading
{
    QByteArray steps;
    QList<QByteArray> messages;
    int fault = 0;
    qsizetype taken = 0; ///< until the fault
};

Reading read(Peer peer, const QByteArray& bytes, qsizetype piece = 1'000'000)
{
    WebSocketReader reader(peer, mostBytes);
    Reading reading;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        QByteArrayView rest = QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at));
        while (!rest.isEmpty()) {
            const qsizetype before = rest.size();
            const Step step = reader.read(rest);
            reading.taken += before - rest.size();
            if (step == Step::Fault) {
                reading.fault = reader.fault().code;
                reading.steps += 'x';
                return reading;
            }
            if (step == Step::Message) {
                const WebSocketMessage message = reader.takeMessage();
                constexpr QByteArrayView letters("-tb-----cpo");
                reading.steps += letters[int(message.opcode)];
                reading.messages.append(message.payload);
            } else if (step == Step::Frame) {
                reading.steps += 'f';
            }
        }
    }
    return reading;
}

/// A frame of which every bit can be chosen. `first` is its first byte.
QByteArray frame(Peer peer, int first, const QByteArray& payload)
{
    QByteArray whole =
        webSocketFrame(Opcode(first & 0x0f), payload,
                       peer == Peer::Client ? std::optional<quint32>(0xa1b2c3d4) : std::nullopt);
    whole[0] = char(first);
    return whole;
}

QByteArray clientFrame(int first, const QByteArray& payload)
{
    return frame(Peer::Client, first, payload);
}

QByteArray hex(const char* digits)
{
    return QByteArray::fromHex(digits);
}

const QByteArray euro = "\xe2\x82\xac"_ba;
const QByteArray grin = "\xf0\x9f\x98\x80"_ba;

} // namespace

/// RFC 6455, section 5, one rule a row.
class WebSocketReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void frames_areReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("steps");
        QTest::addColumn<int>("fault");
        const auto fine = [](const char* name, const QByteArray& bytes, const QByteArray& steps) {
            QTest::newRow(name) << bytes << steps << 0;
        };
        const auto bad = [](const char* name, const QByteArray& bytes, int fault,
                            const QByteArray& steps = {}) {
            QTest::newRow(name) << bytes << steps + 'x' << fault;
        };
        fine("text", clientFrame(0x81, "hello"), "t");
        fine("empty text", clientFrame(0x81, ""), "t");
        fine("binary", clientFrame(0x82, "\xff\xfe"), "b");
        fine("ping and pong", clientFrame(0x89, "a") + clientFrame(0x8a, "b"), "po");
        fine("125 bytes", clientFrame(0x81, QByteArray(125, 'x')), "t");
        fine("126 bytes", clientFrame(0x81, QByteArray(126, 'x')), "t");
        fine("just the most", clientFrame(0x81, QByteArray(mostBytes, 'x')), "t");
        fine("ping of 125 bytes", clientFrame(0x89, QByteArray(125, 'x')), "p");
        fine("fragments", clientFrame(0x01, "a") + clientFrame(0x00, "b") + clientFrame(0x80, "c"), "fft");
        fine("empty fragments", clientFrame(0x01, "") + clientFrame(0x00, "") + clientFrame(0x80, ""), "fft");
        fine("binary fragments", clientFrame(0x02, "\xff") + clientFrame(0x80, "\xfe"), "fb");
        fine("split within a character", clientFrame(0x01, euro.first(1)) + clientFrame(0x80, euro.sliced(1)),
             "ft");
        fine("split everywhere within a character",
             clientFrame(0x01, grin.first(1)) + clientFrame(0x00, grin.sliced(1, 1)) + clientFrame(0x00, "") +
                 clientFrame(0x00, grin.sliced(2, 1)) + clientFrame(0x80, grin.sliced(3)),
             "fffft");
        fine("control frames within a character",
             clientFrame(0x01, euro.first(1)) + clientFrame(0x89, "p") +
                 clientFrame(0x00, euro.sliced(1, 1)) + clientFrame(0x8a, "\xff") +
                 clientFrame(0x80, euro.sliced(2)),
             "fpfot");
        fine("messages after each other",
             clientFrame(0x81, euro) + clientFrame(0x82, "b") + clientFrame(0x81, "c"), "tbt");
        fine("close", clientFrame(0x88, hex("03e8")), "c");
        fine("close without a code", clientFrame(0x88, ""), "c");
        fine("close with a reason", clientFrame(0x88, hex("03e8") + euro), "c");
        fine("close between fragments", clientFrame(0x01, "a") + clientFrame(0x88, hex("03e9")), "fc");
        for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000,
                               3999, 4000, 4008, 4999})
            fine(qPrintable(u"close with %1"_s.arg(code)), clientFrame(0x88, closePayload(code, QString())),
                 "c");

        for (const int code : {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
            bad(qPrintable(u"close with %1"_s.arg(code)), clientFrame(0x88, closePayload(code, QString())),
                1002);
        bad("close with half a code", clientFrame(0x88, hex("03")), 1002);
        bad("close with a reason that is no text", clientFrame(0x88, hex("03e8ff")), 1007);
        bad("close with a reason that ends within a character",
            clientFrame(0x88, hex("03e8") + euro.first(2)), 1007);
        for (const int bit : {0x40, 0x20, 0x10}) {
            bad(qPrintable(u"reserved bit %1"_s.arg(bit)), clientFrame(0x81 | bit, ""), 1002);
            bad(qPrintable(u"reserved bit %1 of a ping"_s.arg(bit)), clientFrame(0x89 | bit, ""), 1002);
        }
        for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
            bad(qPrintable(u"opcode %1"_s.arg(opcode)), clientFrame(0x80 | opcode, ""), 1002);
        for (const int opcode : {8, 9, 10})
            bad(qPrintable(u"fragmented control frame %1"_s.arg(opcode)), clientFrame(opcode, ""), 1002);
        bad("ping of 126 bytes", clientFrame(0x89, QByteArray(126, 'x')), 1002);
        bad("close of 126 bytes", clientFrame(0x88, closePayload(1000, {}) + QByteArray(124, 'x')), 1002);
        bad("ping with a length of eight bytes", hex("89ff0000000000000001"), 1002);
        bad("not masked", webSocketFrame(Opcode::Text, "hello"), 1002);
        bad("ping that is not masked", webSocketFrame(Opcode::Ping, ""), 1002);
        bad("continuation of nothing", clientFrame(0x80, "a"), 1002);
        bad("continuation of what is over", clientFrame(0x81, "a") + clientFrame(0x00, "b"), 1002, "t");
        bad("continuation of what was over by fragments",
            clientFrame(0x01, "a") + clientFrame(0x80, "b") + clientFrame(0x80, "c"), 1002, "ft");
        bad("text within a text", clientFrame(0x01, "a") + clientFrame(0x81, "b"), 1002, "f");
        bad("binary within a text", clientFrame(0x01, "a") + clientFrame(0x02, "b"), 1002, "f");
        bad("125 in two bytes", hex("81fe007d"), 1002);
        bad("0 in two bytes", hex("81fe0000"), 1002);
        bad("126 in eight bytes", hex("81ff000000000000007e"), 1002);
        bad("65535 in eight bytes", hex("81ff000000000000ffff"), 1002);
        bad("length with the highest bit", hex("81ff8000000000000000"), 1002);
        bad("longest length there is", hex("81ff7fffffffffffffff"), 1009);
        bad("one byte too many", clientFrame(0x81, QByteArray(mostBytes + 1, 'x')), 1009);
        bad("one byte too many in fragments",
            clientFrame(0x01, QByteArray(mostBytes, 'x')) + clientFrame(0x80, "x"), 1009, "f");
        bad("too many binary bytes in fragments",
            clientFrame(0x02, QByteArray(mostBytes - 1, 'x')) + clientFrame(0x00, "x") +
                clientFrame(0x80, "x"),
            1009, "ff");

        bad("no text", clientFrame(0x81, "\xff"), 1007);
        bad("byte that continues nothing", clientFrame(0x81, "a\x80"), 1007);
        bad("ends within a character", clientFrame(0x81, euro.first(2)), 1007);
        bad("ends within a character in fragments",
            clientFrame(0x01, euro.first(1)) + clientFrame(0x80, euro.sliced(1, 1)), 1007, "f");
        bad("character that is not continued", clientFrame(0x01, euro.first(1)) + clientFrame(0x80, "a"),
            1007, "f");
        bad("surrogate", clientFrame(0x81, hex("eda080")), 1007);
        bad("surrogate in fragments", clientFrame(0x01, hex("ed")) + clientFrame(0x80, hex("a080")), 1007,
            "f");
        bad("longer than needed", clientFrame(0x81, hex("c0af")), 1007);
        bad("three bytes for what needs two", clientFrame(0x81, hex("e08080")), 1007);
        bad("four bytes for what needs three", clientFrame(0x81, hex("f0808080")), 1007);
        bad("beyond the last character", clientFrame(0x81, hex("f4908080")), 1007);
        bad("five bytes", clientFrame(0x81, hex("f888808080")), 1007);
    }

    void frames_areReadOrRefused()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, steps);
        QFETCH(const int, fault);
        for (const qsizetype piece : {qsizetype(1'000'000), qsizetype(1), qsizetype(3), qsizetype(7)}) {
            const Reading reading = read(Peer::Client, bytes, piece);
            QCOMPARE(reading.steps, steps);
            QCOMPARE(reading.fault, fault);
        }
    }

    void fault_isFoundAtItsFirstByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("taken");
        QTest::newRow("reserved bit") << clientFrame(0xc1, "hello") << qsizetype(1);
        QTest::newRow("opcode") << clientFrame(0x83, "hello") << qsizetype(1);
        QTest::newRow("fragmented ping") << clientFrame(0x09, "hello") << qsizetype(1);
        QTest::newRow("not masked") << webSocketFrame(Opcode::Text, "hello") << qsizetype(2);
        QTest::newRow("long ping") << clientFrame(0x89, QByteArray(300, 'x')) << qsizetype(2);
        QTest::newRow("too big") << clientFrame(0x81, QByteArray(mostBytes + 1, 'x')) << qsizetype(4);
        QTest::newRow("no text") << clientFrame(0x81, "abc\xff"
                                                      "defgh")
                                 << qsizetype(10);
    }

    void fault_isFoundAtItsFirstByte()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const qsizetype, taken);
        QCOMPARE(read(Peer::Client, bytes, 1).taken, taken);
    }

    void serversFrames_areNotMasked()
    {
        QCOMPARE(read(Peer::Server, webSocketFrame(Opcode::Text, euro)).messages, QList<QByteArray>{euro});
        QCOMPARE(read(Peer::Server, clientFrame(0x81, "a")).fault, 1002);
        const QByteArray split =
            frame(Peer::Server, 0x01, grin.first(2)) + frame(Peer::Server, 0x80, grin.sliced(2));
        QCOMPARE(read(Peer::Server, split).messages, QList<QByteArray>{grin});
    }

    void longMessages_areReadWhole_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {125, 126, 127, 65'535, 65'536, 70'000})
            QTest::addRow("%lld", qlonglong(size)) << size;
    }

    void longMessages_areReadWhole()
    {
        QFETCH(const qsizetype, size);
        QByteArray payload;
        while (payload.size() < size)
            payload += QByteArray::number(payload.size());
        payload.truncate(size);
        for (const Peer peer : {Peer::Client, Peer::Server}) {
            WebSocketReader reader(peer, size);
            const QByteArray bytes = frame(peer, 0x82, payload);
            QByteArrayView rest(bytes);
            QCOMPARE(reader.read(rest), Step::Message);
            QVERIFY(rest.isEmpty());
            QVERIFY(reader.takeMessage().payload == payload);
        }
    }

    /// Any text, split anywhere, with control frames anywhere between, comes out as it went in.
    void randomFragments_areJoined()
    {
        QRandomGenerator random(20'260'713);
        const QList<QByteArray> letters{"a",    "\xc3\xa9",     euro,           grin,
                                        "\x7f", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"};
        for (int round = 0; round < 500; ++round) {
            QByteArray text;
            for (int i = random.bounded(20); i > 0; --i)
                text += letters[random.bounded(int(letters.size()))];
            QByteArray bytes;
            QByteArrayView rest(text);
            bool isFirst = true;
            QList<QByteArray> expected;
            for (bool isLast = false; !isLast;) {
                const qsizetype size = random.bounded(int(std::min<qsizetype>(rest.size(), 4)) + 1);
                isLast = size == rest.size() && random.bounded(2) == 0;
                bytes += clientFrame((isLast ? 0x80 : 0) | (isFirst ? 1 : 0), rest.first(size).toByteArray());
                rest = rest.sliced(size);
                isFirst = false;
                if (!isLast && random.bounded(3) == 0) {
                    expected.append(QByteArray(1, char(random.bounded(256))));
                    bytes += clientFrame(0x89, expected.last());
                }
            }
            expected.append(text);
            const Reading reading = read(Peer::Client, bytes, 1 + random.bounded(9));
            QCOMPARE(reading.fault, 0);
            QCOMPARE(reading.messages, expected);
        }
    }

    /// What is text and what is not is what Qt's own decoder says, whatever the bytes and the pieces.
    void randomBytes_areTextWhereQtSaysSo()
    {
        QRandomGenerator random(42);
        const QByteArray likely = hex("00417f8081bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5f8ff9f90a08f");
        for (int round = 0; round < 20'000; ++round) {
            QByteArray bytes;
            for (int i = 1 + random.bounded(5); i > 0; --i)
                bytes += likely[random.bounded(int(likely.size()))];
            QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
            const QString decoded = decoder(bytes);
            Q_UNUSED(decoded)
            Utf8Checker checker;
            bool isText = true;
            for (qsizetype i = 0; isText && i < bytes.size(); ++i)
                isText = checker.accept(QByteArrayView(bytes).sliced(i, 1));
            QVERIFY2((isText && checker.isComplete()) == !decoder.hasError(), bytes.toHex().constData());
        }
    }

    void closeReason_isCutAtACharacter()
    {
        const QByteArray payload = closePayload(4008, QString::fromUtf8(euro).repeated(100));
        QVERIFY(payload.size() <= 125 && payload.size() > 120);
        const Reading reading = read(Peer::Client, clientFrame(0x88, payload));
        QCOMPARE(reading.fault, 0);
        const WebSocketMessage message{Opcode::Close, payload};
        QCOMPARE(message.closeCode(), 4008);
        QCOMPARE(message.closeReason(), QString::fromUtf8(euro).repeated(41));
        QCOMPARE((WebSocketMessage{Opcode::Close, {}}).closeCode(), 1005);
    }
};

PRISM_APPLESS_TEST(WebSocketReaderTest)

} // namespace tst_web_socket_reader

#include "tst_web_socket_reader.moc"
