#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

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
    void initTestCase() { startServer({u"--allow-origin"_s, u"https://trusted.example"_s}); }

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
        QTest::newRow("null") << "null"_ba << false;
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
        const HttpResponse read = m_client->get(records, headers);
        QCOMPARE(read.header("Access-Control-Allow-Origin"), allowed ? origin : ""_ba);
        if (allowed)
            QVERIFY(read.header("Vary").contains("Origin"));
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
        QVERIFY(!ask("https://attacker.example").hasHeader("Access-Control-Allow-Origin"));
    }
};

PRISM_TEST(TestLoopback)
#include "tst_loopback.moc"
