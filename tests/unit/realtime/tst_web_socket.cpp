#include "server/realtime/web_socket.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PRISM_WITH_ASAN
#endif
#endif
#ifdef PRISM_WITH_ASAN
#include <sanitizer/allocator_interface.h>
#else
#include <malloc.h>
#endif

namespace tst_web_socket {

using prism::io::Descriptor;
using prism::realtime::Settings;
using prism::realtime::UpgradeRequest;
using prism::realtime::WebSocket;
using namespace Qt::StringLiterals;

/// The server's end of a WebSocket, whose client is spoken by hand.
class WebSocketTest : public QObject
{
    Q_OBJECT

    static constexpr qint64 mostBytes = 1000;

    static UpgradeRequest request(const QByteArray& behind = {})
    {
        return {"dGhlIHNhbXBsZSBub25jZQ==", "since=7", behind};
    }

    static Settings settings()
    {
        Settings settings;
        settings.messageBytes = mostBytes;
        return settings;
    }

    std::unique_ptr<WebSocket> m_webSocket;
    std::unique_ptr<QSignalSpy> m_opened;
    std::unique_ptr<QSignalSpy> m_closed;
    std::unique_ptr<QSignalSpy> m_texts;
    int m_peer = -1;

    /// A masked frame, as clients send it.
    static QByteArray frame(int opcode, const QByteArray& payload)
    {
        QByteArray bytes;
        bytes += char(0x80 | opcode);
        if (payload.size() < 126) {
            bytes += char(0x80 | payload.size());
        } else {
            bytes += char(0x80 | 126);
            bytes += char(payload.size() >> 8);
            bytes += char(payload.size() & 0xff);
        }
        const QByteArray mask = "\x11\x22\x33\x44"_ba;
        bytes += mask;
        for (qsizetype i = 0; i < payload.size(); ++i)
            bytes += char(payload[i] ^ mask[i % 4]);
        return bytes;
    }

    void begin(const UpgradeRequest& received, const Settings& limits = settings())
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_peer = ends[1];
        m_webSocket = std::make_unique<WebSocket>(Descriptor(ends[0]), received, limits);
        m_opened = std::make_unique<QSignalSpy>(m_webSocket.get(), &WebSocket::opened);
        m_closed = std::make_unique<QSignalSpy>(m_webSocket.get(), &WebSocket::closed);
        m_texts = std::make_unique<QSignalSpy>(m_webSocket.get(), &WebSocket::textReceived);
        m_webSocket->shakeHands();
    }

    void open(const QByteArray& behind = {}, const Settings& limits = settings())
    {
        begin(request(behind), limits);
        QTRY_COMPARE(m_opened->size(), 1);
        const QByteArray answer = read();
        QVERIFY(answer.startsWith("HTTP/1.1 101 "));
        QVERIFY(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        QVERIFY(answer.endsWith("\r\n\r\n"));
    }

    void say(const QByteArray& bytes) const
    {
        QCOMPARE(::send(m_peer, bytes.constData(), std::size_t(bytes.size()), 0), bytes.size());
    }

    QByteArray read() const
    {
        QByteArray all;
        std::array<char, 64 * 1024> part{};
        for (;;) {
            const ssize_t got = ::recv(m_peer, part.data(), part.size(), MSG_DONTWAIT);
            if (got <= 0)
                return all;
            all.append(part.data(), got);
        }
    }

    QStringList texts() const
    {
        QStringList all;
        for (const QVariantList& text : *m_texts)
            all << text.first().toString();
        return all;
    }

    /// The client closes its half.
    void finish() const
    {
        ::shutdown(m_peer, SHUT_WR);
        QTRY_COMPARE(m_closed->size(), 1);
    }

    static std::size_t heapInUse()
    {
#ifdef PRISM_WITH_ASAN
        return __sanitizer_get_current_allocated_bytes();
#else
        return ::mallinfo2().uordblks;
#endif
    }

private slots:
    void cleanup()
    {
        m_texts.reset();
        m_closed.reset();
        m_opened.reset();
        m_webSocket.reset();
        ::close(m_peer);
    }

    void handshake_isAnsweredAndTellsTheAddress()
    {
        open();
        QCOMPARE(m_webSocket->query(), "since=7"_ba);
        QVERIFY(m_closed->isEmpty());
    }

    void handshakesSideBySide_areEachTheirOwn()
    {
        std::vector<std::unique_ptr<WebSocket>> all;
        std::vector<int> peers;
        int opened = 0;
        for (int i = 0; i < 40; ++i) {
            std::array<int, 2> ends{};
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
            peers.push_back(ends[1]);
            UpgradeRequest wanted = request();
            wanted.query = "since=" + QByteArray::number(i);
            all.push_back(std::make_unique<WebSocket>(Descriptor(ends[0]), wanted, settings()));
            connect(all.back().get(), &WebSocket::opened, this, [&] { ++opened; });
            all.back()->shakeHands();
        }
        QTRY_COMPARE(opened, 40);
        for (std::size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i]->query(), "since=" + QByteArray::number(i));
            ::close(peers[i]);
        }
        begin(request());
    }

    void request_thatIsNone_closes()
    {
        begin({});
        QTRY_COMPARE(m_closed->size(), 1);
        QVERIFY(m_opened->isEmpty());
    }

    void clientThatGoesDuringTheHandshake_closes()
    {
        m_closed.reset();
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_peer = ends[1];
        m_webSocket = std::make_unique<WebSocket>(Descriptor(ends[0]), request(), settings());
        m_opened = std::make_unique<QSignalSpy>(m_webSocket.get(), &WebSocket::opened);
        m_closed = std::make_unique<QSignalSpy>(m_webSocket.get(), &WebSocket::closed);
        m_webSocket->abort();
        QCOMPARE(m_closed->size(), 1);
        QVERIFY(m_opened->isEmpty());
    }

    void messages_areReadInOrder_thoseBehindTheRequestFirst()
    {
        open(frame(1, "one") + frame(1, "two").first(5));
        say(frame(1, "two").sliced(5) + frame(1, "three"));
        QTRY_COMPARE(m_webSocket->stream().unread().size(), 9 + 9 + 11);
        QVERIFY(texts().isEmpty());
        m_webSocket->beginReading();
        QTRY_COMPARE(texts(),
                     (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
        QCOMPARE(m_webSocket->stream().unread().size(), 0);
    }

    void whateverArrives_isHeardBeforeItIsRead()
    {
        open();
        m_webSocket->beginReading();
        const auto before = m_webSocket->lastHeard();
        const auto wasUnread = std::make_shared<bool>(false);
        connect(m_webSocket.get(), &WebSocket::heard, this,
                [this, wasUnread] { *wasUnread = m_texts->isEmpty(); });
        say(frame(1, "one"));
        QTRY_COMPARE(m_texts->size(), 1);
        QVERIFY(*wasUnread);
        QVERIFY(m_webSocket->lastHeard() > before);
    }

    void largestMessage_isReadAndALargerOneCloses()
    {
        open();
        m_webSocket->beginReading();
        say(frame(1, QByteArray(mostBytes, 'x')));
        QTRY_COMPARE(texts(), QStringList(QString(mostBytes, QLatin1Char('x'))));
        say(frame(1, QByteArray(mostBytes + 1, 'x')));
        QByteArray last;
        QTRY_VERIFY((last += read()).size() >= 4);
        finish();
        QCOMPARE(last.left(1), "\x88"_ba);
        QCOMPARE(last.mid(2, 2), "\x03\xf1"_ba); // 1009
    }

    void ping_isAnswered()
    {
        open();
        m_webSocket->beginReading();
        say(frame(9, "are you there"));
        QByteArray answer;
        QTRY_COMPARE(answer += read(), QByteArray("\x8a\x0d"
                                                  "are you there"));
        m_webSocket->ping();
        QCOMPARE(read(), "\x89\x00"_ba);
    }

    void close_comesBehindWhatWaits()
    {
        open();
        m_webSocket->beginReading();
        const QSignalSpy closing(m_webSocket.get(), &WebSocket::closing);
        const QByteArray large(4 * 1024 * 1024, 'x');
        m_webSocket->stream().write(large);
        QVERIFY(m_webSocket->stream().unsent() > 0);
        m_webSocket->close(4008, QStringLiteral("too slow"));
        QVERIFY(!closing.isEmpty());
        QVERIFY(m_closed->isEmpty());
        QByteArray received;
        QTRY_COMPARE((received += read()).size(), large.size() + 12);
        QVERIFY(m_closed->isEmpty());
        finish();
        QVERIFY(received == large + "\x88\x0a\x0f\xa8"
                                    "too slow");
        QVERIFY(!m_webSocket->stream().isOpen());
    }

    void peerThatFinishes_closes()
    {
        open();
        m_webSocket->beginReading();
        ::shutdown(m_peer, SHUT_WR);
        QTRY_COMPARE(m_closed->size(), 1);
    }

    /// Frames of one client do not keep the others of the thread waiting.
    void manyFrames_areReadInTurns()
    {
        open();
        m_webSocket->beginReading();
        const QByteArray ping = frame(9, "");
        say(ping.repeated(450));
        const QSignalSpy turns(m_webSocket.get(), &WebSocket::heard);
        QByteArray answers;
        QTRY_COMPARE((answers += read()).size(), 450 * 2);
        QCOMPARE(turns.size(), 5);
    }

    void moreFramesThanMayCome_endItAfterJustSoMany()
    {
        Settings limits = settings();
        limits.clientRate.pieces = 3;
        open({}, limits);
        const QSignalSpy flooded(m_webSocket.get(), &WebSocket::flooded);
        m_webSocket->beginReading();
        say(frame(9, "").repeated(30));
        QByteArray answers;
        QTRY_COMPARE((answers += read()).size(), 30 * 2);
        QVERIFY(flooded.isEmpty());
        say(frame(9, "").repeated(30));
        QTRY_COMPARE(flooded.size(), 1);
        QVERIFY(!m_webSocket->stream().unread().isEmpty());
        m_webSocket->close(4029, QString());
        answers += read();
        QVERIFY(answers.size() < 50 * 2);
        QVERIFY(answers.endsWith("\x88\x02\x0f\xbd"_ba));
        QCOMPARE(m_webSocket->stream().unread().size(), 0);
        finish();
    }

    void moreBytesThanMayCome_endIt()
    {
        Settings limits = settings();
        limits.clientRate.bytes = 1;
        open({}, limits);
        const QSignalSpy flooded(m_webSocket.get(), &WebSocket::flooded);
        m_webSocket->beginReading();
        say(frame(1, QByteArray(900, ' ')).repeated(2));
        QTRY_COMPARE(m_texts->size(), 2);
        QVERIFY2(flooded.isEmpty(), "two of the largest messages are never too much");
        say(frame(1, QByteArray(900, ' ')));
        QTRY_COMPARE(flooded.size(), 1);
    }

    void deletedWhileOpen_itTellsTheClient()
    {
        open();
        m_texts.reset();
        m_webSocket.reset();
        QCOMPARE(read().mid(2, 2), "\x03\xe9"_ba); // 1001
    }

    void silent_itKeepsNoBuffers()
    {
        open();
        m_webSocket->beginReading();
        say(frame(1, "one"));
        QTRY_COMPARE(m_texts->size(), 1);
        m_texts->clear();
        const std::size_t before = heapInUse();
        for (int i = 0; i < 10; ++i) {
            say(frame(1, QByteArray(mostBytes, 'x')));
            QTRY_COMPARE(m_texts->size(), 1);
            m_texts->clear();
            m_webSocket->ping();
            read();
        }
        QVERIFY2(heapInUse() < before + 4096, qPrintable(QString::number(heapInUse() - before)));
    }
};

PRISM_TEST(WebSocketTest)

} // namespace tst_web_socket

#include "tst_web_socket.moc"
