#include "server/http/gzip.h"
#include "tests/api/scenario.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QProcess>
#include <QTest>

namespace tst_codings {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray dashboard = "/api/v1/analytics/dashboard";
constexpr qsizetype mostBytes = 20'000;
constexpr qsizetype mostBulkBytes = 40'000;

/// What gzip(1) makes of the bytes, or unpacks them to.
QByteArray run(const QStringList& arguments, const QByteArray& bytes)
{
    QProcess gzip;
    gzip.start(u"gzip"_s, arguments);
    gzip.write(bytes);
    gzip.closeWriteChannel();
    return gzip.waitForFinished() && gzip.exitCode() == 0 ? gzip.readAllStandardOutput() : "failed"_ba;
}

QByteArray packed(const QByteArray& bytes)
{
    return run({u"-c"_s}, bytes);
}

/// A check of exactly so many bytes.
QByteArray checkOf(qsizetype bytes)
{
    const QByteArray check = R"({"status":"PASS","duration":1})";
    return QByteArray(bytes - check.size(), ' ') + check;
}

} // namespace

/// How bodies are coded and typed, those that are sent and those that are answered.
class TestCodings : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer({u"--max-body-bytes"_s, QString::number(mostBytes), u"--max-bulk-bytes"_s,
                     QString::number(mostBulkBytes)});
    }

    void cleanupTestCase() { stopServer(); }

    void body_isUnpacked_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<RestClient::Headers>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const QByteArray check = R"({"status":"PASS","duration":1})";
        const auto row = [](const char* name, const QByteArray& coding, const QByteArray& body, int status,
                            const QByteArray& path = checks, const QByteArray& type = "application/json") {
            QTest::newRow(name) << path
                                << RestClient::Headers{{"Content-Encoding", coding}, {"Content-Type", type}}
                                << body << status;
        };
        row("gzip", "gzip", packed(check), 201);
        row("capitals", "GZIP", packed(check), 201);
        row("its old name", "x-gzip", packed(check), 201);
        row("identity", "identity", check, 201);
        row("empty", "", check, 201);
        row("lines", "gzip",
            packed("{\"status\":\"PASS\",\"duration\":1}\n{\"status\":\"PASS\",\"duration\":1}\n"), 201,
            checks, "application/x-ndjson");
        row("several members", "gzip", packed(check.left(5)) + packed(check.mid(5)), 201);
        row("an empty member", "gzip", packed(check) + packed(""), 201);
        row("unpacks to nothing", "gzip", packed(""), 400);
        row("not packed", "gzip", check, 400);
        row("cut off", "gzip", packed(check).chopped(1), 400);
        row("half", "gzip", packed(check).first(12), 400);
        row("wrong sum", "gzip", packed(check).chopped(8) + QByteArray(8, 'x'), 400);
        row("more behind it", "gzip", packed(check) + "x", 400);
        row("zlib's format", "gzip", qCompress(check).mid(4), 400);
        row("deflate", "deflate", qCompress(check).mid(4), 415);
        row("brotli", "br", check, 415);
        row("twice", "gzip, gzip", packed(packed(check)), 415);
        row("gzip and another", "gzip, br", packed(check), 415);
        row("chunked", "chunked", check, 415);
        row("at its maximum", "gzip", packed(checkOf(mostBulkBytes)), 201);
        row("one over", "gzip", packed(checkOf(mostBulkBytes + 1)), 413);
        row("ordinary, at its maximum", "gzip",
            packed(R"({"type":"custom","name":"packed"})" + QByteArray(mostBytes - 33, ' ')), 201, records);
        row("ordinary, one over", "gzip",
            packed(R"({"type":"custom","name":"packed"})" + QByteArray(mostBytes - 32, ' ')), 413, records);
        row("a thousand times as large", "gzip", packed(checkOf(10'000'000)), 413);
        row("larger than that as sent", "gzip", QByteArray(mostBulkBytes + 1, 'x'), 413);
    }

    void body_isUnpacked()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const RestClient::Headers, headers);
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        const auto before = position(*m_client);
        const HttpResponse response = m_client->post(path, body, headers);
        QVERIFY2(response.status == status, response.summary().constData());
        QCOMPARE(position(*m_client) > before, status == 201);
        QCOMPARE(response.header("Accept-Encoding"), status == 415 ? "gzip, identity"_ba : ""_ba);
    }

    void packedBody_mayComeByteByByteAndInChunks()
    {
        const QByteArray bytes = packed(R"({"status":"PASS","duration":1})");
        const QByteArray head = "POST " + checks +
                                " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                "Content-Encoding: gzip\r\n";
        RawSocket socket(m_server->httpPort());
        socket.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket.write(head + "Content-Length: " + QByteArray::number(bytes.size()) + "\r\n\r\n");
        for (const char byte : bytes)
            QVERIFY(socket.write(QByteArray(1, byte)));
        QCOMPARE(socket.readResponse().status, 201);
        socket.write(head + "Transfer-Encoding: chunked\r\n\r\n");
        for (const char byte : bytes)
            socket.write("1\r\n" + QByteArray(1, byte) + "\r\n");
        socket.write("0\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 201);
    }

    void sameRequestPacked_isTheSame()
    {
        const QByteArray check = R"({"status":"PASS","duration":1})";
        const HttpResponse plain = m_client->post(checks, check, {{"Idempotency-Key", "packed"}});
        const HttpResponse again = m_client->post(
            checks, packed(check), {{"Idempotency-Key", "packed"}, {"Content-Encoding", "gzip"}});
        QCOMPARE(again.status, 201);
        QCOMPARE(again.body, plain.body);
    }

    void type_isChecked_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("isJson");
        QTest::addColumn<bool>("isLines");
        const auto row = [](const QByteArray& type, bool isJson, bool isLines = false) {
            QTest::newRow(type.isEmpty() ? "empty" : type.constData()) << type << isJson << isLines;
        };
        row("application/json", true);
        row("Application/JSON", true);
        row("application/json; charset=utf-8", true);
        row("application/json ;charset=\"UTF-8\"", true);
        row("application/json; profile=x", true);
        row("application/x-ndjson", false, true);
        row("application/x-ndjson; charset=utf-8", false, true);
        row("application/json; charset=utf-16", false);
        row("application/json; charset=iso-8859-1", false);
        row("application/jsonx", false);
        row("application/x-ndjsonx", false);
        row("application/json, text/plain", false);
        row("application/merge-patch+json", false);
        row("application/x-www-form-urlencoded", false);
        row("text/plain", false);
        row("", false);
    }

    void type_isChecked()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const bool, isJson);
        QFETCH(const bool, isLines);
        const RestClient::Headers headers{{"Content-Type", type}};
        const QByteArray mark = "/api/v1/gateway/checks/x/violations/0";
        const QByteArray both = "application/json, application/x-ndjson";
        const auto ask = [&](const char* method, const QByteArray& path, bool isTaken, const char* field,
                             const QByteArray& types) {
            const HttpResponse response = m_client->send(method, path, headers, "{}");
            QVERIFY2((response.status != 415) == isTaken, method + " "_ba + response.summary());
            QCOMPARE(response.header(field), isTaken ? ""_ba : types);
        };
        ask("POST", records, isJson, "Accept-Post", "application/json");
        ask("POST", checks, isJson || isLines, "Accept-Post", both);
        ask("POST", "/api/v1/gateway/check", isJson, "Accept-Post", "application/json");
        ask("PUT", records + "/x", isJson, "Accept", "application/json");
        ask("PUT", "/api/v1/settings", isJson, "Accept", "application/json");
        ask("PUT", "/api/v1/alerts/mutes/usage_drop", isJson, "Accept", "application/json");
        ask("PUT", "/api/v1/gateway/principles", isJson, "Accept", "application/json");
        ask("PATCH", mark, isJson, "Accept-Patch", "application/json");
        ask("POST", "/api/v1/analytics/anomalies/x/ack", isJson, "Accept-Post", "application/json");
    }

    void options_sayWhatMayBeSent()
    {
        QCOMPARE(m_client->send("OPTIONS", "/api/v1/gateway/checks/x/violations/0").header("Accept-Patch"),
                 "application/json"_ba);
        QCOMPARE(m_client->send("OPTIONS", checks).header("Accept-Post"),
                 "application/json, application/x-ndjson"_ba);
        QVERIFY(!m_client->send("OPTIONS", "/health").hasHeader("Accept-Post"));
    }

    void answer_isCodedAsTheCallerTakesIt_data()
    {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<bool>("isPacked"); ///< a long answer without a tag
        QTest::addColumn<bool>("isForced"); ///< any answer
        const auto row = [](const char* accept, bool isPacked, bool isForced = false) {
            QTest::newRow(accept) << QByteArray(accept) << isPacked << isForced;
        };
        row("gzip", true);
        row("GZip", true);
        row("x-gzip", true);
        row("br, gzip, deflate", true);
        row("*", true);
        row("gzip;q=0.001", true);
        row("gzip ; q=0.5 , br", true);
        row("gzip;q=0", false);
        row("gzip;Q=0", false);
        row("gzip;q=0.000", false);
        row("gzip;q=0, *", false);
        row("*, gzip;q=0", false);
        row("gzip;q=0.5, identity", false);
        row("gzip, identity;q=0.5", true);
        row("identity", false);
        row("br", false);
        row("gzipped", false);
        row("gzip;q=2", false);
        row("gzip;q=x", false);
        row("*;q=0, identity", false);
        row("gzip, identity;q=0", true, true);
        row("gzip;q=0.1, *;q=0", true, true);
        row("*;q=0.5, identity;q=0.0", true, true);
    }

    void answer_isCodedAsTheCallerTakesIt()
    {
        QFETCH(const QByteArray, accept);
        QFETCH(const bool, isPacked);
        QFETCH(const bool, isForced);
        const RestClient::Headers headers{{"Accept-Encoding", accept}, {"X-Request-Id", "same"}};
        const HttpResponse longOne = m_client->get("/api/v1/openapi.json", headers);
        QCOMPARE(longOne.header("Content-Encoding"), isPacked ? "gzip"_ba : ""_ba);
        QVERIFY(longOne.header("Vary").contains("Accept-Encoding"));
        const QByteArray plain = m_client->get("/api/v1/openapi.json").body;
        QCOMPARE(isPacked ? run({u"-dc"_s}, longOne.body) : longOne.body, plain);
        // A strong tag promises the very bytes, so other bytes have another one.
        for (const QByteArray& path : {dashboard + "?at=2026-02-07T12:00:10Z",
                                       "/api/v1/gateway/principles"_ba, "/api/v1/settings"_ba}) {
            const QByteArray tag = m_client->get(path).header("ETag");
            const HttpResponse tagged = m_client->get(path, headers);
            QCOMPARE(tagged.header("Content-Encoding"), isForced ? "gzip"_ba : ""_ba);
            QCOMPARE(tagged.header("ETag"), isForced ? "W/" + tag : tag);
            QCOMPARE(m_client->get(path, {{"If-None-Match", tagged.header("ETag")}}).status, 304);
        }
        QCOMPARE(m_client->get("/health", headers).header("Content-Encoding"), isForced ? "gzip"_ba : ""_ba);
        QCOMPARE(m_client->get("/nothing", headers).header("Content-Encoding"), isForced ? "gzip"_ba : ""_ba);
    }

    void head_saysWhatGetSays_data()
    {
        QTest::addColumn<QByteArray>("path");
        const QByteArray id = m_client->post(checks, R"({"id":"h","status":"PASS","duration":1})"_ba)
                                  .data()["id"_L1]
                                  .toString()
                                  .toLatin1();
        const QByteArray record =
            m_client->post(records, R"({"type":"custom","name":"head"})"_ba).header("Location");
        const QByteArray analytics = "/api/v1/analytics";
        for (const QByteArray& path :
             {records,
              record,
              record + "/result",
              checks,
              checks + '/' + id,
              "/api/v1/gateway/principles"_ba,
              "/api/v1/gateway/principles/versions"_ba,
              "/api/v1/gateway/principles/versions/0"_ba,
              "/api/v1/retros"_ba,
              dashboard,
              analytics + "/usage",
              analytics + "/quality",
              analytics + "/performance",
              analytics + "/trends/checks",
              analytics +
                  "/compare?baselinePeriod=week&currentPeriod=month&metrics=usage&at=2026-01-01T00:00:00Z",
              analytics + "/forecast?metric=checks",
              analytics + "/reports/custom?dimensions=user&metrics=checks",
              analytics + "/export?format=json",
              analytics + "/export?format=csv",
              analytics + "/export?format=excel",
              analytics + "/cache/stats",
              analytics + "/anomalies",
              "/api/v1/alerts/mutes"_ba,
              "/api/v1/events?since=0"_ba,
              "/api/v1/settings"_ba,
              "/api/v1/openapi.json"_ba,
              "/health"_ba,
              "/ready"_ba,
              "/ws"_ba,
              "/nothing"_ba,
              records + "?page=0",
              records + "/absent"})
            QTest::newRow(path.constData()) << path;
    }

    void head_saysWhatGetSays()
    {
        QFETCH(const QByteArray, path);
        for (const QByteArray accept : {"identity", "gzip", "gzip, identity;q=0"}) {
            const RestClient::Headers headers{{"X-Request-Id", "same"}, {"Accept-Encoding", accept}};
            // What depends on the time may change in between.
            QTRY_COMPARE(namesAndValues(m_client->send("HEAD", path, headers)),
                         namesAndValues(m_client->get(path, headers)));
        }
    }

    void head_ofAStream_saysWhatTheStreamWouldBe()
    {
        const RestClient::Headers headers{{"Accept", "text/event-stream"}};
        const HttpResponse headed = m_client->send("HEAD", "/api/v1/events", headers);
        QCOMPARE(headed.status, 200);
        QCOMPARE(headed.header("Content-Type"), "text/event-stream; charset=utf-8"_ba);
        QCOMPARE(headed.header("Cache-Control"), "private, no-cache"_ba);
        QVERIFY(!headed.hasHeader("Content-Length"));
        const HttpResponse page =
            m_client->get("/api/v1/events", {{"Accept", "application/json, text/event-stream;q=0.5"}});
        QCOMPARE(page.header("Content-Type"), "application/json; charset=utf-8"_ba);
    }

private:
    /// Without the time, and without what depends on it: how long packed bytes are, and names of files.
    static QByteArrayList namesAndValues(const HttpResponse& response)
    {
        const bool isPacked =
            response.hasHeader("Content-Encoding") || response.header("Content-Type").contains("spreadsheet");
        QByteArrayList lines{QByteArray::number(response.status)};
        for (const auto& [name, value] : response.headers) {
            const bool isOfTheMoment =
                name == "Date" || name == "Content-Disposition" || (isPacked && name == "Content-Length");
            lines.append(isOfTheMoment ? name : name + ": " + value);
        }
        return lines;
    }
};

PRISM_TEST(TestCodings)

} // namespace tst_codings

#include "tst_codings.moc"
