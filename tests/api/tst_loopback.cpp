#include "tests/api/scenario.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_loopback {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

} // namespace

/// Without tokens only this machine may use the server, and no web page in its browser.
class TestLoopback : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer({u"--allow-origin"_s, u"https://trusted.example,null"_s}); }

    void cleanupTestCase() { stopServer(); }

    void host_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        QTest::newRow("address and port") << "127.0.0.1:%1"_ba << 200;
        QTest::newRow("address") << "127.0.0.1"_ba << 200;
        QTest::newRow("localhost") << "localhost:%1"_ba << 200;
        QTest::newRow("capitals") << "LocalHost:%1"_ba << 200;
        QTest::newRow("IPv6") << "[::1]:%1"_ba << 200;
        QTest::newRow("foreign") << "prism.example"_ba << 403;
        QTest::newRow("foreign, right port") << "attacker.example:%1"_ba << 403;
        QTest::newRow("begins like ours") << "localhost.attacker.example"_ba << 403;
        QTest::newRow("begins like our address") << "127.0.0.1.attacker.example"_ba << 403;
        QTest::newRow("ends like ours") << "evil-localhost"_ba << 403;
    }

    void host()
    {
        QFETCH(QByteArray, host);
        QFETCH(const int, status);
        host.replace("%1", QByteArray::number(m_server->httpPort()));
        for (const QByteArray& path : {records, "/health"_ba, "/nothing-here"_ba}) {
            const HttpResponse response = m_client->get(path, {{"Host", host}});
            if (status == 403) {
                QCOMPARE(response.status, 403);
                QCOMPARE(response.error(), u"ERR_2002"_s);
            } else {
                QVERIFY2(response.status != 403, response.summary().constData());
            }
        }
    }

    void origin_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("foreign") << "https://attacker.example"_ba << false;
        QTest::newRow("null, listed") << "null"_ba << true;
        QTest::newRow("its name in capitals") << "NULL"_ba << false;
        QTest::newRow("empty") << ""_ba << false;
        QTest::newRow("two") << "https://trusted.example, https://attacker.example"_ba << false;
        QTest::newRow("begins like the listed one") << "https://trusted.example.attacker.example"_ba << false;
        QTest::newRow("other scheme than the listed one") << "http://trusted.example"_ba << false;
        QTest::newRow("another port of this machine") << "http://localhost:1"_ba << false;
        QTest::newRow("listed") << "https://trusted.example"_ba << true;
    }

    void origin()
    {
        QFETCH(const QByteArray, origin);
        QFETCH(const bool, allowed);
        const RestClient::Headers headers{{"Origin", origin}};
        const auto before = position(*m_client);
        const QByteArray body = fill(R"({"type":"custom","name":"from %1"})",
                                     QByteArray::number(before) + " " + QByteArray(QTest::currentDataTag()));
        const HttpResponse response = m_client->post(records, body, headers);
        QCOMPARE(response.status, allowed ? 201 : 403);
        if (!allowed) {
            QCOMPARE(response.error(), u"ERR_2002"_s);
            QCOMPARE(m_client->put(records + "/x", parseJson(R"({"name":"y"})"), headers).status, 403);
            QCOMPARE(m_client->remove(records + "/x", headers).status, 403);
        }
        QCOMPARE(position(*m_client), before + (allowed ? 1 : 0));
        for (const char* path :
             {"/api/v1/analytics/records", "/health", "/nothing", "/api/v1/events?since=0"}) {
            const HttpResponse read = m_client->get(path, headers);
            QCOMPARE(read.status == 403, !allowed);
            QCOMPARE(read.header("Access-Control-Allow-Origin"), allowed ? origin : ""_ba);
            for (const char* field :
                 {"Content-Disposition", "ETag", "Location", "X-Request-Id", "Retry-After"})
                QCOMPARE(read.header("Access-Control-Expose-Headers").contains(field), allowed);
            QVERIFY(read.header("Vary").contains("Origin"));
        }
        // What others are answered may not be kept for this one.
        QVERIFY(m_client->get(records).header("Vary").contains("Origin"));
        QVERIFY(!m_client->get(records).hasHeader("Access-Control-Allow-Origin"));
    }

    void pageOfElsewhere_getsNothing_data()
    {
        QTest::addColumn<RestClient::Headers>("headers");
        QTest::addColumn<bool>("reads");     ///< whether a GET is answered
        QTest::addColumn<bool>("doesOther"); ///< whether anything else is
        const auto row = [](const char* name, const RestClient::Headers& headers, bool reads,
                            bool doesOther) { QTest::newRow(name) << headers << reads << doesOther; };
        const auto fetch = [](const char* site, const char* mode = "no-cors",
                              const char* destination = "image") {
            return RestClient::Headers{
                {"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}, {"Sec-Fetch-Dest", destination}};
        };
        row("no browser", {}, true, true);
        row("own page", fetch("same-origin", "cors", "empty"), true, true);
        row("typed in", fetch("none", "navigate", "document"), true, true);
        row("image elsewhere", fetch("cross-site"), false, false);
        row("script elsewhere", fetch("cross-site", "no-cors", "script"), false, false);
        row("frame elsewhere", fetch("cross-site", "navigate", "iframe"), false, false);
        row("embedded elsewhere", fetch("cross-site", "navigate", "embed"), false, false);
        row("link elsewhere", fetch("cross-site", "navigate", "document"), true, false);
        row("link of another port", fetch("same-site", "navigate", "document"), true, false);
        row("another port", fetch("same-site", "cors", "empty"), false, false);
        row("unknown site", fetch("elsewhere"), false, false);
        row("capitals", fetch("None"), false, false);
        row("two sites", {{"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "cross-site"}}, false, false);
        row("link with a foreign origin",
            RestClient::Headers{{"Origin", "https://attacker.example"}} +
                fetch("cross-site", "navigate", "document"),
            false, false);
        row("foreign origin that says it is own",
            {{"Origin", "https://attacker.example"}, {"Sec-Fetch-Site", "same-origin"}}, false, false);
        row("own origin that says it is foreign",
            {{"Host", "localhost:1"}, {"Origin", "http://localhost:1"}, {"Sec-Fetch-Site", "cross-site"}},
            false, false);
        row("own origin", {{"Host", "localhost:1"}, {"Origin", "http://localhost:1"}}, true, true);
        row("own origin, capitals", {{"Host", "LOCALHOST:1"}, {"Origin", "http://localhost:1"}}, true, true);
        row("own origin, port left out", {{"Host", "localhost:80"}, {"Origin", "http://localhost"}}, true,
            true);
        row("own name, other port", {{"Host", "localhost:1"}, {"Origin", "http://localhost:2"}}, false,
            false);
        row("own name, TLS", {{"Host", "localhost:1"}, {"Origin", "https://localhost:1"}}, false, false);
        row("listed origin",
            RestClient::Headers{{"Origin", "https://trusted.example"}} + fetch("cross-site", "cors", "empty"),
            true, true);
    }

    /// Every method, and every kind of address: for the disk, for probes, for streams.
    void pageOfElsewhere_getsNothing()
    {
        QFETCH(const RestClient::Headers, headers);
        QFETCH(const bool, reads);
        QFETCH(const bool, doesOther);
        for (const char* path : {"/health", "/ready", "/metrics", "/api/v1/analytics/records", "/nothing",
                                 "/api/v1/analytics/reports/custom?dimensions=user&metrics=checks", "/ws",
                                 "/api/v1/analytics/export?format=csv", "/api/v1/openapi.json"}) {
            const HttpResponse response = m_client->get(path, headers);
            QVERIFY2((response.status != 403) == reads, path + ": "_ba + response.summary());
            if (!reads)
                QCOMPARE(response.error(), u"ERR_2002"_s);
            for (const char* method : {"HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "BREW"})
                QVERIFY2((m_client->send(method, path, headers).status != 403) == doesOther, method);
        }
        QByteArray fields = "Host: localhost:1\r\n";
        for (const auto& [name, value] : headers)
            fields = name == "Host" ? "Host: " + value + "\r\n" : fields;
        for (const auto& [name, value] : headers)
            fields += name == "Host" ? ""_ba : name + ": " + value + "\r\n";
        RawSocket stream(m_server->httpPort());
        stream.write("GET /api/v1/events HTTP/1.1\r\nAccept: text/event-stream\r\n" + fields + "\r\n");
        const QByteArray begin = stream.readAtLeast(12);
        QVERIFY2(begin.startsWith(reads ? "HTTP/1.1 200" : "HTTP/1.1 403"), begin.constData());
        if (reads)
            QVERIFY(begin.contains("nosniff"));
        for (const quint16 port : {m_server->httpPort(), m_server->wsPort()}) {
            RawSocket socket(port);
            socket.write("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                         fields + "\r\n");
            QCOMPARE(socket.readResponse().status, reads ? 101 : 403);
        }
    }

    void preflight_ofAListedOrigin_isAllowed()
    {
        const auto ask = [this](const QByteArray& origin) {
            return m_client->send("OPTIONS", records,
                                  {{"Origin", origin},
                                   {"Access-Control-Request-Method", "POST"},
                                   {"Access-Control-Request-Headers", "content-type"}});
        };
        const HttpResponse listed = ask("https://trusted.example");
        QVERIFY(listed.status == 200 || listed.status == 204);
        QCOMPARE(listed.header("Access-Control-Allow-Origin"), "https://trusted.example"_ba);
        QVERIFY(listed.header("Access-Control-Allow-Methods").contains("POST"));
        QVERIFY(listed.header("Access-Control-Allow-Headers").toLower().contains("content-type"));
        QVERIFY(listed.header("Access-Control-Allow-Headers").contains("If-Match"));
        QVERIFY(listed.header("Vary").contains("Origin"));
        QCOMPARE(ask("null").header("Access-Control-Allow-Origin"), "null"_ba);
        QVERIFY(!ask("https://attacker.example").hasHeader("Access-Control-Allow-Origin"));
        QCOMPARE(ask("https://attacker.example").status, 403);
    }
};

PRISM_TEST(TestLoopback)

} // namespace tst_loopback

#include "tst_loopback.moc"
