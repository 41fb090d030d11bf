#include "server/realtime/stream_socket.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_stream_socket {

using prism::io::Descriptor;
using prism::io::Stream;
using prism::realtime::StreamSocket;
using namespace Qt::StringLiterals;

/// What QtWebSockets takes for a TCP socket.
class StreamSocketTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<StreamSocket> m_socket;
    int m_peer = -1;

    void say(const QByteArray& text) const
    {
        QCOMPARE(::send(m_peer, text.constData(), std::size_t(text.size()), 0), text.size());
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

    bool peerIsTold() const
    {
        char byte = 0;
        return ::recv(m_peer, &byte, 1, MSG_DONTWAIT) == 0;
    }

    /// What was written, to a peer that does not read.
    QByteArray writeMoreThanFits() const
    {
        QByteArray all;
        for (int i = 0; i < 1'000'000; ++i)
            all += QByteArray::number(i);
        m_socket->write(all);
        [&] { QVERIFY(m_socket->bytesToWrite() > 0); }();
        return all;
    }

private slots:
    void init()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        const QHostAddress address(QStringLiteral("192.0.2.7"));
        m_stream = std::make_unique<Stream>(Descriptor(ends[0], address), 4096);
        m_socket = std::make_unique<StreamSocket>(*m_stream);
        m_peer = ends[1];
    }

    void cleanup()
    {
        m_socket.reset();
        m_stream.reset();
        ::close(m_peer);
    }

    void itIsConnectedToThePeer()
    {
        QCOMPARE(m_socket->state(), QAbstractSocket::ConnectedState);
        QVERIFY(m_socket->isOpen());
        QVERIFY(m_socket->isValid());
        QCOMPARE(m_socket->peerAddress(), QHostAddress(QStringLiteral("192.0.2.7")));
    }

    void whatIsGiven_canBeReadAndNothingElse()
    {
        const QSignalSpy ready(m_socket.get(), &StreamSocket::readyRead);
        say("of nobody's concern");
        QTRY_COMPARE(m_stream->unread().size(), 19);
        QCOMPARE(m_socket->bytesAvailable(), 0);
        QCOMPARE(m_socket->readAll(), QByteArray());
        m_socket->give("question"_ba);
        QCOMPARE(ready.size(), 1);
        QCOMPARE(m_socket->read(1), "q"_ba);
        QCOMPARE(m_socket->bytesAvailable(), 7);
        m_socket->give("s"_ba);
        QCOMPARE(m_socket->readAll(), "uestions"_ba);
        QCOMPARE(m_socket->bytesAvailable(), 0);
        QCOMPARE(m_stream->unread(), "of nobody's concern"_ba);
    }

    void whatIsPeeked_isReadAgainAndLeavesNoBuffer()
    {
        m_socket->give("question"_ba);
        QCOMPARE(m_socket->peek(100), "question"_ba);
        m_socket->releaseBuffers();
        QCOMPARE(m_socket->bytesAvailable(), 8);
        QCOMPARE(m_socket->skip(4), 4);
        QCOMPARE(m_socket->readAll(), "tion"_ba);
        m_socket->releaseBuffers();
        QCOMPARE(m_socket->state(), QAbstractSocket::ConnectedState);
        QVERIFY(m_socket->isReadable() && m_socket->isWritable());
    }

    void whatIsWritten_goesThroughTheStream()
    {
        m_socket->write("answer");
        QCOMPARE(read(), "answer"_ba);
        const QByteArray all = writeMoreThanFits();
        QCOMPARE(m_socket->bytesToWrite(), m_stream->unsent());
        m_stream->write("more");
        QByteArray received;
        QTRY_COMPARE((received += read()).size(), all.size() + 4);
        QVERIFY(received == all + "more");
    }

    void closedWhileSomethingWaits_itIsSentAllTheSame()
    {
        const QSignalSpy disconnected(m_socket.get(), &StreamSocket::disconnected);
        const QByteArray all = writeMoreThanFits();
        m_socket->close();
        QCOMPARE(m_socket->state(), QAbstractSocket::ClosingState);
        QVERIFY(disconnected.isEmpty());
        QByteArray received;
        QTRY_COMPARE((received += read()).size(), all.size());
        QTRY_VERIFY(peerIsTold());
        ::close(std::exchange(m_peer, -1));
        QTRY_COMPARE(disconnected.size(), 1);
        QCOMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!m_stream->isOpen());
    }

    void closedWhileNothingWaits_thePeerIsToldAtOnce_andItEndsWithThePeer()
    {
        const QSignalSpy disconnected(m_socket.get(), &StreamSocket::disconnected);
        m_socket->close();
        QVERIFY(peerIsTold());
        QCOMPARE(m_socket->write("more"), -1);
        say("what it was saying");
        QTest::qWait(0);
        QVERIFY(disconnected.isEmpty());
        QCOMPARE(m_socket->bytesAvailable(), 0);
        ::close(std::exchange(m_peer, -1));
        QTRY_COMPARE(disconnected.size(), 1);
        QVERIFY(!m_stream->isOpen());
    }

    /// QWebSocket goes on reading after it has closed.
    void closedWhileSomethingIsUnread_nothingOfItIsRead()
    {
        m_socket->give("question and more"_ba);
        m_socket->disconnectFromHost();
        QCOMPARE(m_socket->bytesAvailable(), 0);
        QCOMPARE(m_socket->readAll(), QByteArray());
    }

    void ended_itSaysSoOnce()
    {
        const QSignalSpy disconnected(m_socket.get(), &StreamSocket::disconnected);
        writeMoreThanFits();
        m_socket->close();
        m_socket->end();
        m_socket->end();
        m_socket->close();
        QCOMPARE(disconnected.size(), 1);
        QVERIFY(!m_stream->isOpen());
    }

    void peerThatBreaks_disconnects()
    {
        const QSignalSpy disconnected(m_socket.get(), &StreamSocket::disconnected);
        ::close(std::exchange(m_peer, -1));
        m_socket->write("answer");
        QTRY_COMPARE(disconnected.size(), 1);
        QCOMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
    }
};

PRISM_TEST(StreamSocketTest)

} // namespace tst_stream_socket

#include "tst_stream_socket.moc"
