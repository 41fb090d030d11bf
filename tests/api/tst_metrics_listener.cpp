#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"

#include <QTcpServer>
#include <QTest>

namespace tst_metrics_listener {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ask = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";

} // namespace

/// --metrics-listen: /metrics for whoever may connect there, and nothing else.
class TestMetricsListener : public ServerTest
{
    Q_OBJECT

    std::unique_ptr<RestClient> m_scraper;

    void startWithListener(const QStringList& more = {}, const QString& address = u"127.0.0.1:0"_s)
    {
        m_server = std::make_unique<ServerProcess>(QStringList{u"--metrics-listen"_s, address} + more);
        if (address.startsWith(u'0'))
            m_server->expectWarning(u"no token is asked for"_s);
        QVERIFY(m_server->start());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        m_scraper = std::make_unique<RestClient>(m_server->metricsUrl());
    }

    quint16 port() const { return quint16(m_server->metricsUrl().port()); }

private slots:
    void cleanup()
    {
        m_scraper.reset();
        stopServer();
    }

    void metrics_needNoTokenThere_andElsewhereOne()
    {
        startWithListener({u"--auth"_s, u"on"_s});
        QCOMPARE(m_server->metricsUrl().path(), u"/metrics"_s);
        const HttpResponse answer = m_scraper->get("/metrics");
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.contains("prism_build_info"));
        QVERIFY(answer.header("content-type").startsWith("text/plain; version=0.0.4"));
        QCOMPARE(m_client->get("/metrics").status, 401);
        const HttpResponse head = m_scraper->send("OPTIONS", "/metrics");
        QCOMPARE(head.status, 204);
        QCOMPARE(head.header("allow"), "GET, HEAD, OPTIONS"_ba);
    }

    void nothingElse_isServedThere_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        const auto row = [](const QByteArray& method, const QByteArray& path, int status) {
            QTest::newRow(method + ' ' + path) << method << path << status;
        };
        row("GET", "/", 404);
        row("GET", "/health", 404);
        row("GET", "/ready", 404);
        row("GET", "/ws", 404);
        row("GET", "/metrics/", 404);
        row("GET", "/metrics/../health", 404);
        row("GET", "/api/v1/analytics/records", 404);
        row("GET", "/api/v1/openapi.json", 404);
        row("POST", "/api/v1/gateway/checks", 404);
        row("POST", "/api/v1/auth/pairings", 404);
        row("OPTIONS", "*", 404);
        row("POST", "/metrics", 405);
        row("DELETE", "/metrics", 405);
    }

    void nothingElse_isServedThere()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const int, status);
        startWithListener();
        const HttpResponse answer = m_scraper->send(method, path);
        QCOMPARE(answer.status, status);
        QVERIFY2(!answer.error().isEmpty(), answer.summary());
        QCOMPARE(m_scraper->get("/metrics").status, 200);
        RawWebSocket socket(port());
        QCOMPARE(socket.handshake().status, 404);
    }

    void webPages_areRefusedThereToo()
    {
        startWithListener();
        QCOMPARE(m_scraper->get("/metrics", {{"Host", "elsewhere.example"}}).status, 403);
        QCOMPARE(m_scraper->get("/metrics", {{"Origin", "https://elsewhere.example"}}).status, 403);
        QCOMPARE(m_scraper->get("/metrics", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    }

    /// Whoever holds its places takes none from anybody else, and only the ones there are.
    void connections_areFew()
    {
        startWithListener({u"--max-connections"_s, u"4"_s});
        std::vector<std::unique_ptr<RawSocket>> crowd;
        int served = 0;
        for (int i = 0; i < 40; ++i) {
            crowd.push_back(std::make_unique<RawSocket>(port()));
            crowd.back()->write(ask);
            served += crowd.back()->readResponse().status == 200 ? 1 : 0;
        }
        QCOMPARE(served, 8);
        QCOMPARE(m_client->get("/metrics").status, 200);
        crowd.clear();
        QTRY_COMPARE(m_scraper->get("/metrics").status, 200);
    }

    void tls_isNotSpokenThere()
    {
        const TlsIdentity identity;
        startWithListener(identity.options());
        QCOMPARE(m_scraper->get("/metrics").status, 200);
        QCOMPARE(m_server->metricsUrl().scheme(), u"http"_s);
    }

    void beyondThisMachine_isWarnedOf()
    {
        startWithListener({}, u"0.0.0.0:0"_s);
        QCOMPARE(m_scraper->get("/metrics").status, 200);
        QTRY_VERIFY(m_server->log().contains(u"no token is asked for"_s));
    }

    void withoutIt_thereIsNone()
    {
        startServer();
        QVERIFY(m_server->metricsUrl().isEmpty());
        QCOMPARE(m_client->get("/metrics").status, 200);
    }

    void whatCannotBe_isRefused_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("code");
        QTest::newRow("a name") << u"elsewhere.example:9464"_s << 2;
        QTest::newRow("no port") << u"127.0.0.1"_s << 2;
        QTest::newRow("nothing") << u""_s << 2;
        QTest::newRow("taken") << u"TAKEN"_s << 1;
    }

    void whatCannotBe_isRefused()
    {
        QFETCH(QString, address);
        QFETCH(const int, code);
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        address.replace(u"TAKEN"_s, u"127.0.0.1:%1"_s.arg(taken.serverPort()));
        const QTemporaryDir data;
        const ProgramResult result =
            ServerProcess::run({u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s,
                                data.path(), u"--metrics-listen"_s, address});
        QCOMPARE(result.exitCode, code);
        QVERIFY2(result.errors.contains(code == 2 ? "--metrics-listen" : address.toLatin1()), result.errors);
    }
};

PRISM_TEST(TestMetricsListener)

} // namespace tst_metrics_listener

#include "tst_metrics_listener.moc"
