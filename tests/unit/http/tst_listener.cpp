#include "server/http/listener.h"
#include "tests/support/loopback_socket.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_listener {

using prism::http::Listener;
using prism::io::Descriptor;
using prism::test::connectToLoopback;

class ListenerTest : public QObject
{
    Q_OBJECT

    std::vector<Descriptor> m_accepted;
    std::unique_ptr<Listener> m_listener;

    /// All descriptors that the process may open, taken for as long as it lives.
    class Shortage
    {
    public:
        Shortage()
        {
            ::getrlimit(RLIMIT_NOFILE, &m_before);
            rlimit low = m_before;
            low.rlim_cur = std::min<rlim_t>(200, m_before.rlim_max);
            ::setrlimit(RLIMIT_NOFILE, &low);
            for (int taken = ::dup(0); taken >= 0; taken = ::dup(0))
                m_taken.push_back(taken);
        }
        ~Shortage()
        {
            for (const int taken : m_taken)
                ::close(taken);
            ::setrlimit(RLIMIT_NOFILE, &m_before);
        }
        Q_DISABLE_COPY_MOVE(Shortage)

        void giveBackOne()
        {
            ::close(m_taken.back());
            m_taken.pop_back();
        }

    private:
        rlimit m_before{};
        std::vector<int> m_taken;
    };

private slots:
    void init()
    {
        m_accepted.clear();
        m_listener = std::make_unique<Listener>(
            [this](Descriptor descriptor) { m_accepted.push_back(std::move(descriptor)); }, nullptr);
        QVERIFY(m_listener->listen(QHostAddress(QHostAddress::LocalHost), 0));
        QVERIFY(m_listener->port() != 0);
    }

    void connections_areHandedOnWithTheirPeers()
    {
        std::vector<Descriptor> clients;
        for (int i = 0; i < 600; ++i)
            clients.emplace_back(connectToLoopback(m_listener->port()));
        QTRY_COMPARE(m_accepted.size(), clients.size());
        for (const Descriptor& each : m_accepted)
            QCOMPARE(each.peer(), QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(m_listener->failures(), 0);
        QVERIFY(::fcntl(m_accepted.front().number(), F_GETFD) & FD_CLOEXEC);
    }

    /// It neither asks without end nor forgets who waits.
    void withoutDescriptors_itRestsAndGoesOn()
    {
        const Descriptor waiting(connectToLoopback(m_listener->port()));
        const Descriptor other(connectToLoopback(m_listener->port()));
        QVERIFY(waiting.isOpen() && other.isOpen());
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("connections have to wait: Too many open")));
        {
            Shortage shortage;
            QElapsedTimer trying;
            trying.start();
            QTRY_VERIFY(m_listener->failures() >= 4);
            const auto most = quint64(trying.elapsed() / 100 + 1); // it rests for a tenth of a second
            QVERIFY2(m_listener->failures() <= most, QByteArray::number(m_listener->failures()).constData());
            QVERIFY(m_accepted.empty());
            shortage.giveBackOne();
            QTRY_COMPARE(m_accepted.size(), std::size_t(1));
        }
        QTRY_COMPARE(m_accepted.size(), std::size_t(2));
        const quint64 failures = m_listener->failures();
        const Descriptor third(connectToLoopback(m_listener->port()));
        QTRY_COMPARE(m_accepted.size(), std::size_t(3));
        QCOMPARE(m_listener->failures(), failures);
    }

    void closedWhileItRests_itStaysClosed()
    {
        const Descriptor waiting(connectToLoopback(m_listener->port()));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("connections have to wait: Too many open")));
        {
            const Shortage shortage;
            QTRY_COMPARE(m_listener->failures(), 1);
            m_listener->close();
        }
        QTest::qWait(250); // longer than it rests
        QVERIFY(m_accepted.empty());
    }

    void clientsThatHaveGone_areNoReasonToStop()
    {
        for (int i = 0; i < 50; ++i) {
            const linger none{1, 0};
            const Descriptor gone(connectToLoopback(m_listener->port()));
            ::setsockopt(gone.number(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        }
        const Descriptor there(connectToLoopback(m_listener->port()));
        const auto isThere = [&] {
            return std::any_of(m_accepted.begin(), m_accepted.end(),
                               [](const Descriptor& each) { return !each.peer().isNull(); });
        };
        QTRY_VERIFY(isThere());
        QCOMPARE(m_listener->failures(), 0);
    }

    void whereAnotherListens_itIsSaid()
    {
        Listener second([](Descriptor) {}, nullptr);
        const auto listening = second.listen(QHostAddress(QHostAddress::LocalHost), m_listener->port());
        QVERIFY(!listening);
        QCOMPARE(listening.error().message, QStringLiteral("Address already in use"));
    }

    void closed_nobodyIsAccepted()
    {
        const quint16 port = m_listener->port();
        m_listener->close();
        QCOMPARE(connectToLoopback(port), -1);
        QVERIFY(m_listener->listen(QHostAddress(QHostAddress::LocalHost), port));
    }

    void itListensAtIPv6Alone()
    {
        Listener six([](Descriptor) {}, nullptr);
        if (!six.listen(QHostAddress(QHostAddress::LocalHostIPv6), 0))
            QSKIP("this machine has no IPv6");
        QVERIFY(six.port() != 0);
        QCOMPARE(connectToLoopback(six.port()), -1);
    }
};

PRISM_TEST(ListenerTest)

} // namespace tst_listener

#include "tst_listener.moc"
