#include "tests/api/scenario.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_idempotency {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

/// So many that they are written in slices.
const QByteArray manyViolations =
    R"({"status":"PASS","violations":[)" +
    QByteArray(R"({"principleId":"P","severity":"INFO"},)").repeated(1'200).chopped(1) + "]}";

RestClient::Headers withKey(const QByteArray& key, const QByteArray& type = "application/json")
{
    return {{"Idempotency-Key", key}, {"Content-Type", type}};
}

} // namespace

/// Writes that are sent twice under one Idempotency-Key.
class TestIdempotency : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void sameRequestAgain_getsTheFirstAnswerAndWritesNothing_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* method, const QByteArray& path,
                            const QByteArray& body, int status, const char* type = "application/json") {
            QTest::newRow(name) << QByteArray(method) << path << QByteArray(type) << body << status;
        };
        const QByteArray checks = "/api/v1/gateway/checks";
        row("record", "POST", records, R"({"type":"custom","name":"a"})", 201);
        row("batch", "POST", records + "/batch", R"([{"type":"custom","name":"b"}])", 201);
        row("check", "POST", checks, R"({"status":"PASS","duration":1})", 201);
        row("large check", "POST", checks, manyViolations, 201);
        row("lines", "POST", checks, "{\"status\":\"PASS\",\"duration\":1}\n", 201, "application/x-ndjson");
        row("retro", "POST", "/api/v1/retros", R"({"type":"quick","duration":1})", 201);
        row("gate", "POST", "/api/v1/gateway/check", R"({"intent":"read the log"})", 201);
        row("settings", "PUT", "/api/v1/settings", R"({"retentionDays":90})", 200);
        row("mute", "PUT", "/api/v1/alerts/mutes/usage_drop", R"({"until":"2999-01-01T00:00:00Z"})", 200);
        row("rules", "PUT", "/api/v1/gateway/principles",
            R"({"principles":[{"id":"P1","name":"One","level":"ADVISORY","violation_message":"no",
                               "keywords":["x"]}]})",
            200);
    }

    void sameRequestAgain_getsTheFirstAnswerAndWritesNothing()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        const auto first = m_client->send(method, path, withKey("k-1", type), body);
        QVERIFY2(first.status == status, first.summary());
        const auto before = position(*m_client);
        const auto second = m_client->send(method, path, withKey("k-1", type), body);
        QCOMPARE(second.status, status);
        QCOMPARE(second.body, first.body);
        QCOMPARE(second.header("ETag"), first.header("ETag"));
        QCOMPARE(second.header("Location"), first.header("Location"));
        QCOMPARE(position(*m_client), before);
    }

    void sameRequestFromManyAtOnce_isDoneOnceAndAnsweredAlike_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("small") << R"({"status":"PASS","duration":1})"_ba;
        QTest::newRow("large") << manyViolations;
    }

    void sameRequestFromManyAtOnce_isDoneOnceAndAnsweredAlike()
    {
        QFETCH(const QByteArray, body);
        constexpr int senders = 16;
        const QByteArray request =
            "POST /api/v1/gateway/checks HTTP/1.1\r\nHost: localhost\r\n"
            "Idempotency-Key: all\r\nContent-Type: application/json\r\nContent-Length: " +
            QByteArray::number(body.size()) + "\r\n\r\n" + body;
        std::vector<std::unique_ptr<RawSocket>> sockets;
        for (int i = 0; i < senders; ++i)
            sockets.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
        for (const auto& socket : sockets)
            QVERIFY(socket->write(request));
        QSet<QByteArray> bodies;
        for (const auto& socket : sockets) {
            const HttpResponse response = socket->readResponse(10000);
            QCOMPARE(response.status, 201);
            bodies.insert(response.body);
        }
        QCOMPARE(bodies.size(), 1);
        QCOMPARE(m_client->get("/api/v1/gateway/checks").data().toArray().size(), 1);
    }

    void changeAndRemoval_areDoneOnce()
    {
        const auto made = m_client->post(records, parseJson(R"({"type":"custom","name":"a"})"));
        const QByteArray path = records + '/' + made.data()[u"id"].toString().toLatin1();
        const QByteArray change = R"({"description":"x"})";
        const auto changed = m_client->send("PUT", path, withKey("k"), change);
        QCOMPARE(changed.data()[u"version"].toInt(), 2);
        QCOMPARE(m_client->send("PUT", path, withKey("k"), change).data()[u"version"].toInt(), 2);
        QCOMPARE(m_client->send("DELETE", path, withKey("k")).status, 200);
        QCOMPARE(m_client->send("DELETE", path, withKey("k")).status, 200);
        QCOMPARE(m_client->send("DELETE", path, withKey("other")).status, 404);
    }

    void otherBodyUnderTheKey_isRefused()
    {
        QCOMPARE(m_client->send("POST", records, withKey("k"), R"({"type":"custom","name":"a"})").status,
                 201);
        const auto other = m_client->send("POST", records, withKey("k"), R"({"type":"custom","name":"b"})");
        QCOMPARE(other.status, 422);
        QCOMPARE(other.error(), u"ERR_1001"_s);
        QVERIFY2(other.details().startsWith(u"Idempotency-Key:"_s), qPrintable(other.details()));
        const auto elsewhere =
            m_client->send("POST", "/api/v1/retros", withKey("k"), R"({"type":"quick","duration":1})");
        QVERIFY2(elsewhere.status == 201, elsewhere.summary());
    }

    void otherQueryUnderTheKey_isAnotherRequest()
    {
        const QByteArray path = "/api/v1/gateway/checks";
        const QByteArray body = R"({"status":"PASS","duration":1,"timestamp":"2026-02-07T12:00:00Z"})";
        const auto plain = m_client->send("POST", path, withKey("k"), body);
        QCOMPARE(plain.status, 201);
        const auto imported = m_client->send("POST", path + "?imported=true", withKey("k"), body);
        QCOMPARE(imported.status, 201);
        QVERIFY(imported.data()[u"id"] != plain.data()[u"id"]);
        QCOMPARE(m_client->send("POST", path + "?imported=true", withKey("k"), body).body, imported.body);
        QCOMPARE(m_client->send("POST", path, withKey("k"), body).body, plain.body);
        QCOMPARE(m_client->get(path).data().toArray().size(), 2);
    }

    void refusal_isNotRemembered()
    {
        const auto made = m_client->post(records, parseJson(R"({"type":"custom","name":"a"})"));
        const QByteArray body = R"({"type":"custom","name":"a"})";
        QCOMPARE(m_client->send("POST", records, withKey("k"), body).status, 409);
        QCOMPARE(m_client->remove(records + '/' + made.data()[u"id"].toString().toLatin1()).status, 200);
        QCOMPARE(m_client->send("POST", records, withKey("k"), body).status, 201);
    }

    void badKey_isRefused_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("space") << QByteArray("a b");
        QTest::newRow("too long") << QByteArray(256, 'k');
    }

    void badKey_isRefused()
    {
        QFETCH(QByteArray, key);
        const auto answer = m_client->send("POST", records, withKey(key), R"({"type":"custom","name":"a"})");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.error(), u"ERR_1001"_s);
        QCOMPARE(
            m_client->send("POST", records, withKey(QByteArray(255, 'k')), R"({"type":"custom","name":"a"})")
                .status,
            201);
    }

    void answer_survivesARestart()
    {
        const QByteArray body = R"({"type":"custom","name":"a"})";
        const auto first = m_client->send("POST", records, withKey("k"), body);
        QCOMPARE(first.status, 201);
        m_server->kill9();
        QVERIFY(m_server->restart());
        RestClient again(m_server->httpUrl());
        QCOMPARE(again.send("POST", records, withKey("k"), body).body, first.body);
    }
};

PRISM_TEST(TestIdempotency)

} // namespace tst_idempotency

#include "tst_idempotency.moc"
