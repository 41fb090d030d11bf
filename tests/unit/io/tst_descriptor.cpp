#include "server/io/descriptor.h"
#include "tests/support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_descriptor {

using prism::io::Descriptor;

namespace {

bool isOpen(int number)
{
    return ::fcntl(number, F_GETFD) != -1;
}

/// Hands on what it accepts.
class Server : public QTcpServer
{
public:
    std::vector<Descriptor> accepted;

protected:
    void incomingConnection(qintptr number) override
    {
        accepted.push_back(Descriptor::accepted(int(number)));
    }
};

} // namespace

class DescriptorTest : public QObject
{
    Q_OBJECT

    int m_number = -1;
    int m_peer = -1;

private slots:
    void init()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_number = ends[0];
        m_peer = ends[1];
    }

    void cleanup() { ::close(m_peer); }

    void whoeverHoldsIt_closesIt()
    {
        {
            Descriptor first(m_number);
            const Descriptor second = std::move(first);
            QVERIFY(!first.isOpen()); // NOLINT(bugprone-use-after-move): what is left of it is what is asked
            QCOMPARE(second.number(), m_number);
            QVERIFY(isOpen(m_number));
        }
        QVERIFY(!isOpen(m_number));
    }

    void anotherMovedIn_theFirstIsClosed()
    {
        Descriptor held(m_number);
        held = Descriptor();
        QVERIFY(!held.isOpen());
        QVERIFY(!isOpen(m_number));
    }

    void closed_itsNumberIsNotClosedAgain()
    {
        {
            Descriptor held(m_number);
            held.close();
            QCOMPARE(held.number(), -1);
            QCOMPARE(::dup2(m_peer, m_number), m_number);
        }
        QVERIFY(isOpen(m_number));
        ::close(m_number);
    }

    void accepted_knowsWhoIsAtTheOtherEnd_data()
    {
        QTest::addColumn<QHostAddress>("listening");
        QTest::addColumn<QHostAddress>("address");
        QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost)
                              << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6)
                              << QHostAddress(QHostAddress::LocalHostIPv6);
        QTest::newRow("IPv4 over IPv6")
            << QHostAddress(QHostAddress::Any) << QHostAddress(QHostAddress::LocalHost);
    }

    void accepted_knowsWhoIsAtTheOtherEnd()
    {
        QFETCH(QHostAddress, listening);
        QFETCH(QHostAddress, address);
        Server server;
        if (!server.listen(listening))
            QSKIP("This machine does not have this kind of address.");
        QTcpSocket client;
        client.connectToHost(address, server.serverPort());
        QTRY_COMPARE(server.accepted.size(), 1U);
        Descriptor moved = std::move(server.accepted.front());
        QCOMPARE(moved.peer(), address);
        QCOMPARE(moved.peer().protocol(), address.protocol());
        moved.close();
        QCOMPARE(moved.peer(), address);
    }

    void withoutAddress_thePeerIsNull() { QVERIFY(Descriptor::accepted(m_number).peer().isNull()); }
};

PRISM_TEST(DescriptorTest)

} // namespace tst_descriptor

#include "tst_descriptor.moc"
