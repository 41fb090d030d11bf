#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QProcess>
#include <QTest>

namespace tst_result_files {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray reports = "/api/v1/gateway/reports";
const QByteArray checks = "/api/v1/gateway/checks";
const QString completed = u"gateway:check:completed"_s;
const RestClient::Headers asCurlSends{{"Content-Type", "application/x-www-form-urlencoded"}};
constexpr qsizetype mostBytes = 200'000;

const QByteArray twoRuns =
    R"({"version":"2.1.0","runs":[
        {"tool":{"driver":{"name":"lint"}},"results":[
            {"ruleId":"a","level":"error","message":{"text":"m"},"locations":[{"physicalLocation":{
                "artifactLocation":{"uri":"a.c"},"region":{"startLine":3}}}]},
            {"ruleId":"b","kind":"pass"}]},
        {"tool":{"driver":{"name":"scan"}},"results":[]}]})";
const QByteArray tap = "1..2\nok 1\nnot ok 2 - parses\n";

QByteArray packed(const QByteArray& bytes)
{
    QProcess gzip;
    gzip.start(u"gzip"_s, {u"-c"_s});
    gzip.write(bytes);
    gzip.closeWriteChannel();
    return gzip.waitForFinished() && gzip.exitCode() == 0 ? gzip.readAllStandardOutput() : "failed"_ba;
}

/// A moment that was a day ago when the program began.
const QByteArray yesterday = prism::protocol::toIsoUtf8(prism::protocol::now() - std::chrono::hours(24));

/// A file of so many failures.
QByteArray failures(int count)
{
    return "<testsuite name='s'>" + "<testcase name='t'><failure/></testcase>"_ba.repeated(count) +
           "</testsuite>";
}

} // namespace

/// Tools' result files, sent as they are.
class TestResultFiles : public ServerTest
{
    Q_OBJECT

    HttpResponse send(const QByteArray& query, const QByteArray& file, const RestClient::Headers& more = {})
    {
        return m_client->send("POST", reports + query, asCurlSends + more, file);
    }

    QJsonArray stored() { return m_client->get(checks).data().toArray(); }

private slots:
    void init() { startServer({u"--max-file-bytes"_s, QString::number(mostBytes)}); }

    void cleanup() { stopServer(); }

    void file_becomesACheckForEachRun()
    {
        const auto before = position(*m_client);
        const HttpResponse response = send("?project=web&branch=main&commit=c0ffee&url=https://ci.example/"
                                           "7&user=ann&session=s1&origin=ci&duration=1250.5"
                                           "&timestamp=" +
                                               yesterday,
                                           twoRuns);
        QCOMPARE(response.status, 201);
        const QJsonValue data = response.data();
        QCOMPARE(data["format"_L1].toString(), u"sarif"_s);
        QCOMPARE(data["notes"_L1].toArray(),
                 QJsonArray{u"results of another kind than fail are no violations: 1"_s});
        const QJsonArray told = data["checks"_L1].toArray();
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[0]["gate"_L1].toString(), u"lint"_s);
        QCOMPARE(told[0]["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(told[0]["counts"_L1]["block"_L1].toInt(), 1);
        QVERIFY(told[0]["created"_L1].toBool());
        QCOMPARE(told[1]["gate"_L1].toString(), u"scan"_s);
        QCOMPARE(told[1]["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(eventTypesSince(*m_client, before),
                 (QStringList{completed, u"gate:changed"_s, completed})); // the first of them is BLOCKED

        const QJsonValue check = m_client->get(checks + '/' + told[0]["id"_L1].toString().toLatin1()).data();
        QCOMPARE(check["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(check["project"_L1].toString(), u"web"_s);
        QCOMPARE(check["user"_L1].toString(), u"ann"_s);
        QCOMPARE(check["session"_L1].toString(), u"s1"_s);
        QCOMPARE(check["gate"_L1].toString(), u"lint"_s);
        QCOMPARE(check["branch"_L1].toString(), u"main"_s);
        QCOMPARE(check["commit"_L1].toString(), u"c0ffee"_s);
        QCOMPARE(check["url"_L1].toString(), u"https://ci.example/7"_s);
        QCOMPARE(check["origin"_L1].toString(), u"ci"_s);
        QCOMPARE(check["duration"_L1].toDouble(), 1250.5);
        QCOMPARE(check["timestamp"_L1].toString(), QString::fromLatin1(yesterday));
        QCOMPARE(check["violations"_L1][0]["principleId"_L1].toString(), u"a"_s);
        QCOMPARE(check["violations"_L1][0]["message"_L1].toString(), u"m"_s);
        QCOMPARE(check["violations"_L1][0]["file"_L1].toString(), u"a.c"_s);
        QCOMPARE(check["violations"_L1][0]["line"_L1].toInt(), 3);
    }

    void format_isKnownOrNamed_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("status");
        const auto row = [](const char* format, const QByteArray& file, const QString& status) {
            QTest::newRow(format) << QByteArray(format) << file << status;
        };
        row("sarif", twoRuns, u"BLOCKED"_s);
        row("junit", failures(1), u"BLOCKED"_s);
        row("checkstyle",
            "<checkstyle><file name='a'><error severity='warning' source='r'/></file></checkstyle>",
            u"WARNING"_s);
        row("codequality", R"([{"description":"d","check_name":"c","severity":"info"}])", u"PASS"_s);
        row("eslint", R"([{"filePath":"a.js","messages":[{"ruleId":"r","severity":1}]}])", u"WARNING"_s);
        row("rdjson", R"({"diagnostics":[{"message":"m","severity":"ERROR"}]})", u"BLOCKED"_s);
        row("tap", tap, u"BLOCKED"_s);
        row("pre-commit", "mypy......Failed\n- hook id: mypy\n", u"BLOCKED"_s);
    }

    void format_isKnownOrNamed()
    {
        QFETCH(const QByteArray, format);
        QFETCH(const QByteArray, file);
        QFETCH(const QString, status);
        for (const QByteArray& query : {"?format=" + format, "?format=auto&gate=g"_ba, "?gate=h"_ba}) {
            const HttpResponse response = send(query, file);
            QCOMPARE(response.status, 201);
            QCOMPARE(response.data()["format"_L1].toString(), QString::fromLatin1(format));
            QCOMPARE(response.data()["checks"_L1][0]["status"_L1].toString(), status);
        }
    }

    void nothingIsStored_ofWhatIsRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, const QByteArray& query, const QByteArray& file, int status,
                            const char* error, const char* detail) {
            QTest::newRow(name) << query << file << status << QString::fromUtf8(error)
                                << QString::fromUtf8(detail);
        };
        row("broken JSON", "?format=sarif", "{\n\"runs\":}", 400, "ERR_1002",
            "line 2, column 8: has no value before '}'");
        row("broken XML", "", "<testsuite>\n<testcase>", 400, "ERR_1004",
            "line 2, column 11: Premature end of document.");
        row("a run that is none", "", R"({"version":"2.1.0","runs":[{"tool":{}},7]})", 400, "ERR_1004",
            "runs[1]: must be an object");
        row("entities", "", "<!DOCTYPE a [<!ENTITY b 'c'>]><testsuite name='&b;'/>", 400, "ERR_1004",
            "line 1, column 1: has a document type with declarations of its own, which are not read");
        row("something else", "", "all is well\n", 400, "ERR_1004",
            "report: looks like no known format; name its format if it is one of those that are known");
        row("nothing", "", "", 400, "ERR_1004",
            "report: looks like no known format; name its format if it is one of those that are known");
        row("another format than is named", "?format=junit", tap, 400, "ERR_1004",
            "line 1, column 2: Start tag expected.");
        row("a format of nobody", "?format=luck", tap, 400, "ERR_1001",
            "format: must be one of auto, sarif, junit, checkstyle, codequality, eslint, rdjson, tap, "
            "pre-commit");
        row("a duration that is none", "?duration=soon", tap, 400, "ERR_1004", "duration: must be a number");
        row("less than no time", "?duration=-1", tap, 400, "ERR_1001", "duration: must be from 0 to 1e+12");
        row("long ago", "?timestamp=2020-01-01T00:00:00Z", tap, 400, "ERR_1004",
            "timestamp: is more than 400 days ago; what is brought in afterwards is sent with imported=true");
        row("a name that is too long", "?project=" + QByteArray(101, 'x'), tap, 400, "ERR_1005",
            "project: has 101 characters, at most 100 are allowed");
        row("too large", "", QByteArray(mostBytes + 1, ' '), 413, "ERR_1005", "");
    }

    void nothingIsStored_ofWhatIsRefused()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const QByteArray, file);
        QFETCH(const int, status);
        QFETCH(const QString, error);
        QFETCH(const QString, detail);
        const HttpResponse response = send(query, file);
        QCOMPARE(response.status, status);
        const QJsonObject answer = response.json();
        QCOMPARE(answer["error"_L1].toString(), error);
        QCOMPARE(answer["details"_L1][0].toString(), detail);
        QVERIFY(stored().isEmpty());
    }

    void gzip_isUnpackedUpToTheSameSize()
    {
        const RestClient::Headers gzip{{"Content-Encoding", "gzip"}};
        QCOMPARE(send("", packed(tap), gzip).status, 201);
        QCOMPARE(send("", packed(QByteArray(mostBytes + 1, ' ')), gzip).status, 413);
    }

    void largeFile_isReadByTheReaders()
    {
        const QByteArray file = failures(2000);
        QVERIFY(file.size() > 64 * 1024);
        const HttpResponse response = send("", file);
        QCOMPARE(response.status, 201);
        QCOMPARE(response.data()["checks"_L1][0]["counts"_L1]["block"_L1].toInt(), 2000);
    }

    /// It is not read to its end when the time for it is over.
    void fileThatTakesTooLong_isRefused()
    {
        startServer({u"--read-timeout"_s, u"0.05"_s});
        const QByteArray file = failures(200'000);
        const HttpResponse response = send("?format=junit", file);
        QVERIFY2(response.status == 503, response.summary().constData());
        QVERIFY(response.body.contains("0.05 s"));
        QCOMPARE(stored(), QJsonArray());
    }

    /// All of its rows are there, or none, however many requests bring it.
    void largeFile_isStoredOnce()
    {
        startServer();
        const QByteArray file = failures(9'000);
        std::vector<std::unique_ptr<RawSocket>> clients;
        for (int i = 0; i < 4; ++i) {
            clients.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
            QVERIFY(
                clients.back()->write("POST /api/v1/gateway/reports?commit=c HTTP/1.1\r\nHost: localhost\r\n"
                                      "Content-Type: application/octet-stream\r\nConnection: close\r\n"
                                      "Content-Length: " +
                                      QByteArray::number(file.size()) + "\r\n\r\n" + file));
        }
        int created = 0;
        for (const auto& client : clients) {
            const HttpResponse response = client->readResponse(30'000);
            QVERIFY2(response.status == 200 || response.status == 201, response.summary().constData());
            created += response.status == 201 ? 1 : 0;
        }
        QCOMPARE(created, 1);
        QCOMPARE(stored().size(), 1);
        const QByteArray id = stored()[0]["id"_L1].toString().toLatin1();
        QCOMPARE(m_client->get(checks + '/' + id).data()["violations"_L1].toArray().size(), 9'000);
        const QJsonValue dashboard = m_client->get("/api/v1/analytics/dashboard?period=today").data();
        QCOMPARE(dashboard["summary"_L1]["violations"_L1].toInt(), 9'000);
    }

    void sameFileOfTheSameRun_isStoredOnce_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("nothing said, so of the last hour") << QByteArray("?project=web");
        QTest::newRow("by its URL") << QByteArray("?url=https://ci.example/7");
        QTest::newRow("by its commit and gate") << QByteArray("?commit=c0ffee&gate=tests");
        QTest::newRow("by its time") << "?timestamp=" + yesterday;
    }

    void sameFileOfTheSameRun_isStoredOnce()
    {
        QFETCH(const QByteArray, query);
        const HttpResponse first = send(query, twoRuns);
        QCOMPARE(first.status, 201);
        const auto before = position(*m_client);
        const HttpResponse again = send(query, twoRuns);
        QCOMPARE(again.status, 200);
        const QJsonArray told = again.data()["checks"_L1].toArray();
        QCOMPARE(told.size(), 2);
        QVERIFY(!told[0]["created"_L1].toBool());
        QCOMPARE(told[0]["id"_L1], first.data()["checks"_L1][0]["id"_L1]);
        QVERIFY(eventTypesSince(*m_client, before).isEmpty());
        QCOMPARE(stored().size(), 2);
    }

    void anotherRunOrFile_isStoredBesides()
    {
        for (const QByteArray& query :
             {"?url=https://ci.example/7"_ba, "?url=https://ci.example/8"_ba, "?commit=a"_ba, "?commit=b"_ba,
              "?commit=a&gate=g"_ba, "?commit=a&project=p"_ba, "?timestamp=" + yesterday, ""_ba})
            QCOMPARE(send(query, tap).status, 201);
        QCOMPARE(send("?commit=a", "ok 1\n").status, 201);
        QCOMPARE(stored().size(), 9);
    }
};

PRISM_TEST(TestResultFiles)

} // namespace tst_result_files

#include "tst_result_files.moc"
