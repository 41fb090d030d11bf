#include "server/io/socket.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

using prism::io::Descriptor;
using prism::io::Socket;
using namespace Qt::StringLiterals;

/// The two ends of a connection, one of which is a Socket.
class SocketTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Socket> m_socket;
    int m_peer = -1;

    /// What the peer has to read by now.
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

private slots:
    void init()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_socket = std::make_unique<Socket>(Descriptor(ends[0]), 4096, nullptr);
        m_peer = ends[1];
    }

    void cleanup()
    {
        m_socket.reset();
        ::close(m_peer);
    }

    void write_goesOutAtOnce()
    {
        m_socket->write("abc");
        QCOMPARE(m_socket->unsent(), 0);
        QCOMPARE(read(), "abc"_ba);
    }

    void writeLater_drains_alsoWhereThereIsRoomNow()
    {
        QSignalSpy drained(m_socket.get(), &Socket::drained);
        m_socket->writeLater("abc");
        m_socket->write("def");
        m_socket->writeLater("ghi");
        QCOMPARE(m_socket->unsent(), 9);
        QCOMPARE(read(), QByteArray());
        QTRY_COMPARE(drained.size(), 1);
        QCOMPARE(m_socket->unsent(), 0);
        QCOMPARE(read(), "abcdefghi"_ba);
    }

    void writeLater_toAPeerThatHasGone_closes()
    {
        QSignalSpy closed(m_socket.get(), &Socket::closed);
        ::close(std::exchange(m_peer, -1));
        m_socket->writeLater("abc");
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_socket->isOpen());
    }

    void whatTheKernelDoesNotTake_followsInOrder()
    {
        QByteArray text;
        while (text.size() < 4 * 1024 * 1024)
            text += QByteArray::number(text.size()) + ' ';
        QSignalSpy drained(m_socket.get(), &Socket::drained);
        m_socket->write(text);
        QVERIFY(m_socket->unsent() > 0);
        m_socket->write("the end");
        QByteArray received;
        const QDeadlineTimer patience(10'000);
        while (drained.isEmpty() && !patience.hasExpired()) {
            received += read();
            QCoreApplication::processEvents();
        }
        received += read();
        QVERIFY(received == text + "the end");
    }
};

PRISM_TEST(SocketTest)
#include "tst_socket.moc"
