#include "tests/support/raw_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"
#include "tests/support/ws_client.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <unistd.h>

namespace tst_tls_strangers {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

/// What a client says first.
QByteArray clientHello()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    QSslSocket client;
    client.connectToHostEncrypted(u"127.0.0.1"_s, server.serverPort());
    QByteArray said;
    if (!server.waitForNewConnection(5'000))
        return said;
    QTcpSocket* const accepted = server.nextPendingConnection();
    const auto isWhole = [&] {
        said += accepted->readAll();
        const auto byte = [&](int at) { return int(quint8(said[at])); };
        return said.size() > 5 && said.size() >= 5 + byte(3) * 256 + byte(4);
    };
    return QTest::qWaitFor(isWhole) ? said : QByteArray();
}

} // namespace

/// Peers that begin with TLS and do not go on, or say what is none: they are let go of, and nobody else waits
/// for them.
class TestTlsStrangers : public QObject
{
    Q_OBJECT

    TlsIdentity m_identity;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RestClient> m_client;

    void start(const QStringList& options = {})
    {
        m_server = std::make_unique<ServerProcess>(m_identity.options() + options);
        QVERIFY(m_server->start());
        m_client = std::make_unique<RestClient>(m_server->httpUrl(), m_identity.client());
        QCOMPARE(m_client->get("/health").status, 200);
    }

    double metric(const QByteArray& name) const
    {
        const QByteArray text = m_client->get("/metrics").body;
        const qsizetype at = text.indexOf('\n' + name + ' ') + name.size() + 2;
        return text.mid(at, text.indexOf('\n', at) - at).toDouble();
    }

    double handshakes(const QByteArray& outcome) const
    {
        return metric("prism_tls_handshakes_total{outcome=\"" + outcome + "\"}");
    }

    /// Those that are sockets.
    qsizetype descriptors() const
    {
        const QFileInfoList all = QDir(u"/proc/%1/fd"_s.arg(m_server->processId()))
                                      .entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
        return std::count_if(all.cbegin(), all.cend(), [](const QFileInfo& link) {
            return link.symLinkTarget().contains(u"socket:"_s);
        });
    }

private slots:
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void handshake_thatStops_isEndedInTime_data()
    {
        QTest::addColumn<qsizetype>("said");
        QTest::newRow("nothing") << qsizetype(0);
        QTest::newRow("one byte") << qsizetype(1);
        QTest::newRow("half a greeting") << qsizetype(100);
        QTest::newRow("a greeting") << qsizetype(100'000);
    }

    void handshake_thatStops_isEndedInTime()
    {
        QFETCH(const qsizetype, said);
        start({u"--tls-handshake-timeout"_s, u"0.5"_s});
        QElapsedTimer timer;
        timer.start();
        RawSocket stranger(m_server->httpPort());
        stranger.write(clientHello().left(said));
        QCOMPARE(m_client->post(records, parseJson(R"({"type":"custom","name":"meanwhile"})")).status, 201);
        QVERIFY(stranger.waitForClosed(5'000));
        QVERIFY2(timer.elapsed() >= 450, "ended before its time");
        QCOMPARE(handshakes("late"), 1.0);
        QCOMPARE(metric("prism_tls_handshakes_running"), 0.0);
    }

    void crowdOfHalfHandshakes_keepsNobodyWaiting()
    {
        constexpr int strangers = 50;
        start({u"--max-tls-handshakes"_s, u"20"_s});
        WsClient session;
        session.socket().setSslConfiguration(m_identity.client());
        QVERIFY(session.open(m_server->wsUrl()));
        const QByteArray hello = clientHello();
        QVERIFY(!hello.isEmpty());
        std::vector<RawSocket> crowd;
        for (int i = 0; i < strangers; ++i) {
            crowd.push_back(RawSocket(m_server->httpPort()));
            crowd.back().write(hello);
        }
        // Who is there already.
        QCOMPARE(m_client->post(records, parseJson(R"({"type":"custom","name":"during"})")).status, 201);
        QVERIFY(session.waitForSeq(session.helloSeq() + 1, 1'000));
        // Who comes has its turn when the silent ones have lost theirs: each twenty after a second.
        RestClient next(m_server->httpUrl(), m_identity.client());
        QCOMPARE(next.get("/health").status, 200);
        for (RawSocket& stranger : crowd)
            stranger.abort();
        QTRY_COMPARE(metric("prism_tls_handshakes_running"), 0.0);
    }

    void silentOnes_loseTheirPlaceToWhoeverComes()
    {
        start({u"--max-tls-handshakes"_s, u"5"_s, u"--tls-handshake-timeout"_s, u"60"_s});
        const QByteArray hello = clientHello();
        std::vector<RawSocket> crowd;
        for (int i = 0; i < 8; ++i) {
            crowd.push_back(RawSocket(m_server->httpPort()));
            crowd.back().write(hello);
        }
        RestClient next(m_server->httpUrl(), m_identity.client());
        QCOMPARE(next.get("/health").status, 200);
        QVERIFY(handshakes("late") >= 4);
    }

    void crowdOfOneAddress_leavesAnotherItsTurn()
    {
        start({u"--max-tls-handshakes"_s, u"5"_s, u"--tls-handshake-timeout"_s, u"60"_s});
        const QByteArray hello = clientHello();
        std::vector<RawSocket> crowd;
        for (int i = 0; i < 100; ++i) {
            crowd.push_back(RawSocket(m_server->httpPort(), QHostAddress(u"127.0.0.2"_s)));
            crowd.back().write(hello);
        }
        QTRY_VERIFY(metric("prism_tls_handshakes_running") >= 90);
        RestClient next(m_server->httpUrl(), m_identity.client());
        QCOMPARE(next.get("/health").status, 200);
        QVERIFY2(handshakes("late") < 50, "five of them lose their places each second");
    }

    void changingKeysWithoutEnd_isEnded()
    {
        start();
        QProcess peer;
        peer.start(u"openssl"_s,
                   {u"s_client"_s, u"-tls1_3"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(m_server->httpPort())});
        QVERIFY(peer.waitForStarted());
        QVERIFY(QTest::qWaitFor([&] { return peer.readAllStandardOutput().contains("---"); }));
        int changes = 0;
        for (; changes < 20'000 && peer.state() == QProcess::Running; ++changes) {
            peer.write("k\n"); // has it change its keys
            peer.waitForBytesWritten(100);
            QTest::qSleep(1);
            peer.waitForFinished(0);
        }
        QCOMPARE(peer.state(), QProcess::NotRunning);
        QVERIFY2(changes >= 1'000, QByteArray::number(changes).constData());
        QCOMPARE(m_client->get("/health").status, 200);
    }

    void nonsense_isEnded_data()
    {
        QTest::addColumn<QByteArray>("nonsense");
        QTest::newRow("not TLS") << QByteArray(1000, '\x01');
        QTest::newRow("an old greeting")
            << QByteArray::fromHex("802e0100020015000000100100800700c0") + QByteArray(60, '\0');
        QTest::newRow("a record of nonsense") << QByteArray::fromHex("1603010010") + QByteArray(16, 'x');
        QTest::newRow("a record too long") << QByteArray::fromHex("160301ffff") + QByteArray(70'000, 'x');
        QTest::newRow("an alert") << QByteArray::fromHex("15030100020228");
    }

    void nonsense_isEnded()
    {
        QFETCH(const QByteArray, nonsense);
        start();
        const qsizetype before = descriptors();
        RawSocket stranger(m_server->httpPort());
        stranger.write(nonsense);
        QVERIFY(stranger.waitForClosed());
        QTRY_COMPARE(handshakes("failed"), 1.0);
        QTRY_COMPARE(descriptors(), before);
    }

    void nonsenseAfterTheHandshake_endsTheConnection()
    {
        start();
        const qsizetype before = descriptors();
        RawSocket stranger(m_server->httpPort(), m_identity.client());
        QVERIFY(stranger.isConnected());
        const auto socket = int(stranger.socket().socketDescriptor());
        QVERIFY(::write(socket, QByteArray(100, 'x').constData(), 100) == 100);
        QVERIFY(stranger.waitForClosed());
        QTRY_COMPARE(descriptors(), before);
    }

    /// What was asked for is more than all buffers hold.
    void readerThatStops_isEndedAndCostsLittle()
    {
        constexpr int deafOnes = 5;
        start({u"--max-config-bytes"_s, u"100000"_s, u"--slow-timeout"_s, u"1"_s});
        QJsonArray large;
        const QJsonObject filters{{"x"_L1, QString(80000, u'x')}};
        for (int i = 0; i < 100; ++i)
            large.append(QJsonObject{{"type"_L1, "custom"_L1},
                                     {"name"_L1, QString::number(i)},
                                     {"config"_L1, QJsonObject{{"filters"_L1, filters}}}});
        QCOMPARE(m_client->post("/api/v1/analytics/records/batch", QJsonValue(large)).status, 201);
        const qsizetype before = descriptors();
        std::vector<RawSocket> deaf;
        for (int i = 0; i < deafOnes; ++i) {
            deaf.push_back(RawSocket(m_server->httpPort(), m_identity.client()));
            deaf.back().socket().setReadBufferSize(1024);
            deaf.back().write("GET /api/v1/analytics/records?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        QTRY_COMPARE_WITH_TIMEOUT(metric("prism_slow_readers_total"), double(deafOnes), 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(descriptors(), before, 15'000);
    }
};

PRISM_TEST(TestTlsStrangers)

} // namespace tst_tls_strangers

#include "tst_tls_strangers.moc"
