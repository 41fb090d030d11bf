#include "shared/protocol/timestamp.h"
#include "shared/protocol/version.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_envelope {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray recordsPath = "/api/v1/analytics/records";

} // namespace

/// What holds for every answer, whichever endpoint gives it.
class TestEnvelope : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }

    void cleanupTestCase() { stopServer(); }

    void success_carriesDataAndMeta()
    {
        const HttpResponse response = m_client->get(recordsPath);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.header("Content-Type").split(';').first().trimmed(), "application/json"_ba);
        QCOMPARE(response.json()["success"_L1], QJsonValue(true));
        QVERIFY(response.json().contains("data"_L1));
        const QJsonObject meta = response.meta();
        QVERIFY(isTimestamp(meta["timestamp"_L1].toString()));
        QVERIFY(!meta["requestId"_L1].toString().isEmpty());
        QCOMPARE(meta["requestId"_L1].toString().toLatin1(), response.header("X-Request-Id"));
        QCOMPARE(meta["version"_L1].toString(), QLatin1String(prism::version));
    }

    void failure_carriesErrorMessageDetailsAndMeta()
    {
        const HttpResponse response = m_client->post(recordsPath, parseJson(R"({"type":"wrong"})"));
        QCOMPARE(response.status, 400);
        QCOMPARE(response.header("Content-Type").split(';').first().trimmed(), "application/json"_ba);
        QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        QVERIFY(!response.json().contains("data"_L1));
        QCOMPARE(response.error(), u"ERR_1001"_s);
        QVERIFY(!response.message().isEmpty());
        QVERIFY(response.json()["details"_L1].isArray());
        QVERIFY(isTimestamp(response.meta()["timestamp"_L1].toString()));
        QCOMPARE(response.meta()["requestId"_L1].toString().toLatin1(), response.header("X-Request-Id"));
    }

    void longAnswer_isCompressed_forThoseWhoTakeIt()
    {
        const HttpResponse plain = m_client->get("/api/v1/openapi.json");
        QVERIFY(plain.header("Content-Encoding").isEmpty());
        QCOMPARE(plain.header("Vary"), "Accept-Encoding"_ba);
        const HttpResponse packed = m_client->get("/api/v1/openapi.json", {{"Accept-Encoding", "gzip"}});
        QCOMPARE(packed.header("Content-Encoding"), "gzip"_ba);
        QCOMPARE(packed.header("Content-Length").toLongLong(), packed.body.size());
        QVERIFY(packed.body.size() * 3 < plain.body.size());
        const HttpResponse shortOne = m_client->get("/health", {{"Accept-Encoding", "gzip"}});
        QVERIFY(shortOne.header("Content-Encoding").isEmpty());
    }

    void requestId_thatIsSane_isGivenBack_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("word") << "build-7"_ba;
        QTest::newRow("uuid") << "0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60"_ba;
        QTest::newRow("punctuation") << "a.b_c-d"_ba;
    }

    void requestId_thatIsSane_isGivenBack()
    {
        QFETCH(const QByteArray, id);
        const HttpResponse response = m_client->get(recordsPath, {{"X-Request-Id", id}});
        QCOMPARE(response.header("X-Request-Id"), id);
        QCOMPARE(response.meta()["requestId"_L1].toString().toLatin1(), id);
    }

    void requestId_thatIsNotSane_isReplaced_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("markup") << "<script>alert(1)</script>"_ba;
        QTest::newRow("quotes") << "a\"b"_ba;
        QTest::newRow("spaces") << "a b c"_ba;
        QTest::newRow("long") << QByteArray(4000, 'x');
        QTest::newRow("not ASCII") << "gr\xc3\xbc\xc3\x9f"_ba;
    }

    void requestId_thatIsNotSane_isReplaced()
    {
        QFETCH(const QByteArray, id);
        const HttpResponse response = m_client->get(recordsPath, {{"X-Request-Id", id}});
        QCOMPARE(response.status, 200);
        const QByteArray given = response.header("X-Request-Id");
        QVERIFY(given != id);
        QVERIFY(!given.isEmpty() && given.size() <= 128);
    }

    void requestIds_ofTwoRequests_differ()
    {
        QVERIFY(m_client->get(recordsPath).header("X-Request-Id") !=
                m_client->get(recordsPath).header("X-Request-Id"));
    }

    void request_isAnsweredInTheEnvelope_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const Scenario& scenario) { QTest::newRow(name) << scenario; };
        row("root", {.path = "/", .status = 404, .error = u"ERR_3001"_s});
        row("unknown path", {.path = "/api/v1/nothing", .status = 404, .error = u"ERR_3001"_s});
        row("unknown version", {.path = "/api/v2/retros", .status = 404, .error = u"ERR_3001"_s});
        row("path below a list", {.path = recordsPath + "/x/y", .status = 404, .error = u"ERR_3001"_s});
        row("unknown path, POST",
            {.method = "POST", .path = "/nothing", .body = "{}", .status = 404, .error = u"ERR_3001"_s});
        row("traversal", {.path = "/../../etc/passwd", .status = 404, .error = u"ERR_3001"_s});
        row("forecast without a metric",
            {.path = "/api/v1/analytics/forecast", .status = 400, .error = u"ERR_1001"_s});
        row("wrong content type", {.method = "POST",
                                   .path = recordsPath,
                                   .body = R"({"type":"custom","name":"x"})",
                                   .headers = {{"Content-Type", "text/plain"}},
                                   .status = 415});
        row("form content type", {.method = "POST",
                                  .path = recordsPath,
                                  .body = "type=custom&name=x",
                                  .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                  .status = 415});
        row("NDJSON where JSON is due", {.method = "POST",
                                         .path = recordsPath,
                                         .body = R"({"type":"custom","name":"x"})",
                                         .headers = {{"Content-Type", "application/x-ndjson"}},
                                         .status = 415});
        row("content type with parameters", {.method = "POST",
                                             .path = recordsPath,
                                             .body = R"({"type":"custom","name":"charset"})",
                                             .headers = {{"Content-Type", "Application/JSON; charset=utf-8"}},
                                             .status = 201,
                                             .events = {u"analytics:record:created"_s}});
        row("not JSON", {.method = "POST",
                         .path = recordsPath,
                         .body = "{\"type\":",
                         .status = 400,
                         .error = u"ERR_1002"_s});
        row("no body", {.method = "POST",
                        .path = recordsPath,
                        .status = 400,
                        .error = u"ERR_1002"_s,
                        .contains = {},
                        .absent = {}});
        row("JSON with more behind it", {.method = "POST",
                                         .path = recordsPath,
                                         .body = R"({"type":"custom","name":"x"} {})",
                                         .status = 400,
                                         .error = u"ERR_1002"_s});
        row("not UTF-8", {.method = "POST",
                          .path = recordsPath,
                          .body = "{\"type\":\"custom\",\"name\":\"\xff\xfe\"}",
                          .status = 400,
                          .error = u"ERR_1002"_s});
    }

    void request_isAnsweredInTheEnvelope()
    {
        QFETCH(Scenario, scenario);
        if (scenario.status == 415) {
            const HttpResponse response =
                m_client->send(scenario.method, scenario.path, scenario.headers, scenario.body);
            scenario.error = response.error();
            QVERIFY(!scenario.error.isEmpty());
        }
        if (scenario.body.isEmpty() && scenario.method == "POST")
            scenario.headers = {{"Content-Type", "application/json"}};
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void wrongMethod_isRefusedWithTheAllowedOnes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArrayList>("allowed");
        QTest::newRow("records") << "DELETE"_ba << recordsPath << QByteArrayList{"GET", "HEAD", "POST"};
        QTest::newRow("record") << "POST"_ba << recordsPath + "/x"
                                << QByteArrayList{"DELETE", "GET", "HEAD", "PUT"};
        QTest::newRow("batch") << "PATCH"_ba << recordsPath + "/batch" << QByteArrayList{"POST"};
        QTest::newRow("dashboard") << "POST"_ba
                                   << "/api/v1/analytics/dashboard"_ba << QByteArrayList{"GET", "HEAD"};
        QTest::newRow("checks") << "PUT"_ba
                                << "/api/v1/gateway/checks"_ba << QByteArrayList{"GET", "HEAD", "POST"};
        QTest::newRow("health") << "DELETE"_ba
                                << "/health"_ba << QByteArrayList{"GET", "HEAD"};
    }

    void wrongMethod_isRefusedWithTheAllowedOnes()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArrayList, allowed);
        const HttpResponse response = m_client->send(method, path);
        QCOMPARE(response.status, 405);
        QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        QSet<QByteArray> named;
        for (const QByteArray& name : response.header("Allow").split(','))
            named.insert(name.trimmed());
        for (const QByteArray& name : allowed)
            QVERIFY2(named.contains(name), response.header("Allow").constData());
        QVERIFY2(!named.contains(method), response.header("Allow").constData());
    }

    void options_namesTheMethods()
    {
        const HttpResponse response = m_client->send("OPTIONS", recordsPath);
        QVERIFY2(response.status == 200 || response.status == 204, response.summary().constData());
        for (const char* method : {"GET", "HEAD", "POST", "OPTIONS"})
            QVERIFY2(response.header("Allow").contains(method), response.header("Allow").constData());
        QVERIFY(!response.hasHeader("Access-Control-Allow-Origin"));
    }

    void head_answersLikeGetWithoutABody()
    {
        const HttpResponse got = m_client->get(recordsPath);
        const HttpResponse headed = m_client->send("HEAD", recordsPath);
        QCOMPARE(headed.status, 200);
        QCOMPARE(headed.header("Content-Type"), got.header("Content-Type"));
        QCOMPARE(headed.header("Content-Length"), got.header("Content-Length"));
        // A body would be taken for the start of the next answer on this connection.
        QCOMPARE(m_client->get(recordsPath).status, 200);
        QCOMPARE(m_client->send("HEAD", "/nothing").status, 404);
    }

    void health_andReady_sayTheServerWorks()
    {
        for (const QByteArray path : {"/health", "/ready"}) {
            const HttpResponse response = m_client->get(path);
            QCOMPARE(response.status, 200);
            QCOMPARE(response.json()["success"_L1], QJsonValue(true));
            QVERIFY(response.hasHeader("X-Request-Id"));
        }
    }

private:
    static bool isTimestamp(const QString& text)
    {
        const auto time = prism::protocol::fromIso(text);
        return time && prism::protocol::toIso(*time) == text;
    }
};

PRISM_TEST(TestEnvelope)

} // namespace tst_envelope

#include "tst_envelope.moc"
