#include "server/realtime/transport.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

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

using prism::realtime::Transport;

/// The socket under a WebSocket gives back its buffers, and nothing that waits in them.
class TestTransport : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        m_peer = std::make_unique<QTcpSocket>();
        m_peer->connectToHost(server.serverAddress(), server.serverPort());
        QVERIFY(server.waitForNewConnection(5'000));
        const std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
        m_transport = std::make_unique<Transport>();
        QVERIFY(m_transport->setSocketDescriptor(::dup(int(accepted->socketDescriptor()))));
        QTRY_COMPARE(m_peer->state(), QAbstractSocket::ConnectedState);
    }

    void cleanup()
    {
        m_transport.reset();
        m_peer.reset();
    }

    void number_isToldByTheAddressUntilTheEnd()
    {
        QCOMPARE(Transport::numberOf(m_transport->peerAddress()), 0); // the kernel's
        for (const quint64 number : {quint64(1), quint64(2), ~quint64(0)}) {
            m_transport->setNumber(number);
            QCOMPARE(Transport::numberOf(m_transport->peerAddress()), number);
        }
        m_peer->disconnectFromHost();
        QTRY_COMPARE(m_transport->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(Transport::numberOf(m_transport->peerAddress()), 0);
    }

    void released_itReadsAndWritesOn()
    {
        for (int round = 0; round < 3; ++round) {
            m_transport->releaseBuffers();
            m_peer->write("question");
            QTRY_COMPARE(m_transport->bytesAvailable(), 8);
            QCOMPARE(m_transport->readAll(), QByteArray("question"));
            m_transport->releaseBuffers();
            m_transport->write("answer");
            QTRY_COMPARE(m_peer->bytesAvailable(), 6);
            QCOMPARE(m_peer->readAll(), QByteArray("answer"));
        }
    }

    void released_whatIsUnreadStays()
    {
        m_peer->write("question");
        QTRY_COMPARE(m_transport->bytesAvailable(), 8);
        QCOMPARE(m_transport->read(1), QByteArray("q"));
        m_transport->releaseBuffers();
        m_peer->write("?");
        QTRY_COMPARE(m_transport->bytesAvailable(), 8);
        QCOMPARE(m_transport->readAll(), QByteArray("uestion?"));
    }

    void released_theRoomIsFree()
    {
        m_peer->write("question");
        QTRY_COMPARE(m_transport->bytesAvailable(), 8);
        QCOMPARE(m_transport->readAll(), QByteArray("question"));
        m_transport->write("answer");
        QTRY_COMPARE(m_peer->bytesAvailable(), 6);
        const std::size_t before = heapInUse();
        m_transport->releaseBuffers();
        QVERIFY(before - heapInUse() >= (16 + 32) * 1024);
    }

    void released_whatIsUnsentStays()
    {
        const QSignalSpy keeping(m_transport.get(), &Transport::keeping);
        const QSignalSpy drained(m_transport.get(), &Transport::drained);
        const QByteArray all = writeMoreThanFits();
        QVERIFY(!keeping.isEmpty());
        const qint64 unsent = m_transport->bytesToWrite();
        m_transport->releaseBuffers();
        QCOMPARE(m_transport->bytesToWrite(), unsent);
        QVERIFY(peerReads(all));
        QTRY_VERIFY(!drained.isEmpty());
    }

    void closedWhileSomethingWaits_itIsSentAllTheSame()
    {
        const QByteArray all = writeMoreThanFits();
        m_transport->close();
        m_transport->releaseBuffers();
        QVERIFY(peerReads(all));
        QTRY_COMPARE(m_peer->state(), QAbstractSocket::UnconnectedState);
    }

    void releasedInASlot_theRestOfTheWorkGoesOn()
    {
        connect(m_transport.get(), &Transport::readyRead, this, [this] {
            m_transport->write(m_transport->readAll());
            m_transport->releaseBuffers();
        });
        connect(m_transport.get(), &Transport::drained, this, [this] { m_transport->releaseBuffers(); });
        QByteArray sent;
        QByteArray back;
        for (int i = 0; i < 200; ++i) {
            const QByteArray part(1 + i * 97 % 20'000, char('a' + i % 26));
            sent += part;
            m_peer->write(part);
            QTRY_VERIFY((back += m_peer->readAll()).size() >= sent.size());
        }
        QCOMPARE(back, sent);
    }

    void closed_itStaysClosed()
    {
        m_peer->disconnectFromHost();
        QTRY_COMPARE(m_transport->state(), QAbstractSocket::UnconnectedState);
        const QIODevice::OpenMode mode = m_transport->openMode();
        m_transport->releaseBuffers();
        QCOMPARE(m_transport->openMode(), mode);
        m_transport->close();
        m_transport->releaseBuffers();
        QVERIFY(!m_transport->isOpen());
    }

private:
    static std::size_t heapInUse()
    {
#ifdef PRISM_WITH_ASAN
        return __sanitizer_get_current_allocated_bytes();
#else
        return ::mallinfo2().uordblks;
#endif
    }

    /// What was written, to a peer that does not read.
    QByteArray writeMoreThanFits()
    {
        m_peer->setReadBufferSize(1);
        QByteArray all;
        for (int i = 0; i < 1'000'000; ++i)
            all += QByteArray::number(i);
        m_transport->write(all);
        m_transport->flush();
        [&] { QVERIFY(m_transport->bytesToWrite() > 0); }();
        return all;
    }

    bool peerReads(const QByteArray& all)
    {
        m_peer->setReadBufferSize(0);
        QByteArray read;
        return QTest::qWaitFor([&] { return (read += m_peer->readAll()).size() >= all.size(); }) &&
               read == all;
    }

    std::unique_ptr<QTcpSocket> m_peer;
    std::unique_ptr<Transport> m_transport;
};

PRISM_TEST(TestTransport)
#include "tst_transport.moc"
