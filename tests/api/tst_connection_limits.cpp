#include "tests/support/raw_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

namespace tst_connection_limits {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QByteArray get(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

} // namespace

/// How many may be connected, and for how long without asking anything.
class TestConnectionLimits : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_server.reset(); }

    void request_thatDoesNotArrive_is408_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("half a request line") << "GET /hea"_ba;
        QTest::newRow("half a head") << "GET /health HTTP/1.1\r\nHost: localh"_ba;
        QTest::newRow("half a body")
            << "POST " + records +
                   " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   "Content-Length: 40\r\n\r\n{\"type\":";
        QTest::newRow("half a chunk")
            << "POST " + records +
                   " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"type\":";
    }

    void request_thatDoesNotArrive_is408()
    {
        QFETCH(const QByteArray, begin);
        start({u"--request-timeout"_s, u"0.3"_s});
        RawSocket socket(m_server->httpPort());
        QElapsedTimer timer;
        timer.start();
        socket.write(begin);
        const HttpResponse response = socket.readResponse();
        QCOMPARE(response.status, 408);
        QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        QVERIFY2(timer.elapsed() >= 250, "closed before its time");
        QVERIFY(socket.waitForClosed());
    }

    void request_thatTrickles_is408InSpiteOfProgress()
    {
        start({u"--request-timeout"_s, u"0.4"_s});
        RawSocket socket(m_server->httpPort());
        QElapsedTimer timer;
        timer.start();
        HttpResponse response;
        for (const char byte : "GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(200, 'x')) {
            socket.write(QByteArray(1, byte));
            response = socket.readResponse(20);
            if (response.status != 0)
                break;
        }
        QCOMPARE(response.status, 408);
        QVERIFY(timer.elapsed() < 3000);
    }

    void connection_thatIsIdle_isClosed()
    {
        start({u"--idle-timeout"_s, u"0.3"_s});
        RawSocket silent(m_server->httpPort());
        RawSocket used(m_server->httpPort());
        used.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(used.readResponse().status, 200);
        QVERIFY(used.waitForClosed(3000));
        QVERIFY(silent.waitForClosed(3000));
        QCOMPARE(silent.readAll(), ""_ba);
        QCOMPARE(used.readAll(), ""_ba);
    }

    void connections_overTheLimit_are503_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("places");
        QTest::newRow("an address has half") << QStringList{u"--max-connections"_s, u"7"_s} << 3;
        QTest::newRow("of one it has one") << QStringList{u"--max-connections"_s, u"1"_s} << 1;
        QTest::newRow("a share that was set")
            << QStringList{u"--max-connections"_s, u"9"_s, u"--max-connections-per-address"_s, u"2"_s} << 2;
        QTest::newRow("all, where its share is larger")
            << QStringList{u"--max-connections"_s, u"3"_s, u"--max-connections-per-address"_s, u"9"_s} << 3;
    }

    void connections_overTheLimit_are503()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, places);
        start(arguments);
        std::vector<std::unique_ptr<RawSocket>> sockets;
        for (int i = 0; i < places; ++i) {
            sockets.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
            sockets.back()->write(get("/api/v1/settings"));
            QCOMPARE(sockets.back()->readResponse().status, 200);
        }
        RawSocket another(m_server->httpPort());
        another.write(get("/api/v1/settings"));
        const HttpResponse refused = another.readResponse();
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.error(), u"ERR_5001"_s);
        QVERIFY(refused.hasHeader("Retry-After"));
        QVERIFY(another.waitForClosed());
        for (const char* probe : {"/health", "/ready"}) {
            RawSocket probing(m_server->httpPort());
            probing.write(get(probe));
            const HttpResponse answer = probing.readResponse();
            QVERIFY2(answer.status == 200, answer.summary().constData());
            QCOMPARE(answer.header("Connection"), "close"_ba);
            QVERIFY(probing.waitForClosed());
        }
        // One that goes makes room for another.
        sockets.pop_back();
        const auto hasRoom = [this] {
            return RestClient(m_server->httpUrl()).get("/api/v1/settings").status == 200;
        };
        QVERIFY(QTest::qWaitFor(hasRoom));
    }

    /// Those who hold the places for probes are the first to lose them, whatever they do with them.
    void placesForProbes_areNobodysToKeep_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("silent") << ""_ba;
        QTest::newRow("half a request") << "GET /health HTTP/1.1\r\nHost: loc"_ba;
        QTest::newRow("refused, and still there") << get("/api/v1/settings");
        QTest::newRow("answered, and still there") << get("/health");
    }

    void placesForProbes_areNobodysToKeep()
    {
        QFETCH(const QByteArray, begin);
        start({u"--max-connections"_s, u"1"_s, u"--probe-connections"_s, u"4"_s});
        RawSocket only(m_server->httpPort());
        only.write(get("/health"));
        QCOMPARE(only.readResponse().status, 200);
        const qint64 before = openDescriptors();
        std::vector<std::unique_ptr<RawSocket>> holders;
        for (int i = 0; i < 40; ++i) {
            holders.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
            holders.back()->write(begin);
            RawSocket probing(m_server->httpPort());
            probing.write(get("/health"));
            const HttpResponse answer = probing.readResponse();
            QVERIFY2(answer.status == 200, QByteArray::number(i) + ": " + answer.summary());
        }
        const qint64 after = openDescriptors();
        QVERIFY2(before > 0 && after <= before + 2 * 4 + 4, QByteArray::number(after - before).constData());
    }

private:
    /// The server's own; /metrics counts them once a second.
    qint64 openDescriptors() const
    {
        return QDir(u"/proc/%1/fd"_s.arg(m_server->processId()))
            .entryList(QDir::AllEntries | QDir::System)
            .size();
    }

    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestConnectionLimits)

} // namespace tst_connection_limits

#include "tst_connection_limits.moc"
