#include "shared/protocol/timestamp.h"
#include "tests/api/checks_test.h"
#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_checks {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QString completed = u"gateway:check:completed"_s;
const RestClient::Headers ndjson{{"Content-Type", "application/x-ndjson"}};
const RestClient::Headers json{{"Content-Type", "application/json"}};

QByteArray inFuture(std::chrono::milliseconds ahead)
{
    return prism::protocol::toIso(prism::protocol::now() + ahead).toLatin1();
}

/// A body of checks that happened so many days ago, one each.
QByteArray daysAgo(std::initializer_list<int> days)
{
    QByteArrayList bodies;
    for (const int each : days)
        bodies += fill(R"({"status":"PASS","duration":1,"timestamp":"%1"})",
                       inFuture(-std::chrono::days(each) - std::chrono::minutes(1)));
    return bodies.size() == 1 ? bodies.first() : '[' + bodies.join(',') + ']';
}

/// NDJSON of checks on so many days, the last of them today.
QByteArray onDays(int count)
{
    QByteArrayList lines;
    for (int i = 0; i < count; ++i)
        lines += daysAgo({i});
    return lines.join('\n');
}

} // namespace

/// Taking in results of quality gates.
class TestChecks : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void post_withOneObject_isKeptAndTold()
    {
        const auto before = position(*m_client);
        const HttpResponse response =
            m_client->post(imported, parseJson(R"({"id":"seed-1","status":"BLOCKED","duration":12.75,
                "timestamp":"2026-01-02T03:04:05.678+01:00","user":" ann ","session":"s1","project":"web",
                "violations":[{"principleId":"P1","principleName":"No secrets","severity":"BLOCK",
                               "message":"key in a file"},
                              {"principleId":"P2","severity":"INFO","falsePositive":true}]})"));
        QVERIFY2(response.status == 201, response.summary().constData());
        const QJsonObject expected = parseJson(R"({"id":"seed-1","status":"BLOCKED","duration":12.75,
                "timestamp":"2026-01-02T02:04:05.678Z","user":"ann","session":"s1","project":"web",
                "violations":[{"principleId":"P1","principleName":"No secrets","severity":"BLOCK",
                               "message":"key in a file","falsePositive":false},
                              {"principleId":"P2","severity":"INFO","falsePositive":true}],
                "counts":{"block":1,"warning":0,"info":0,"falsePositive":1}})")
                                         .toObject();
        QCOMPARE(m_client->get(checks + "/seed-1").data().toObject(), expected);
        QCOMPARE(m_client->get(checks).data().toArray(), QJsonArray{expected});
        const QJsonArray events = eventsSince(*m_client, before);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0]["type"_L1].toString(), completed);
        QCOMPARE(events[0]["data"_L1].toObject(), expected);
    }

    void idsThatDifferByAByteOrderMark_stayTwo()
    {
        const QByteArray body =
            R"({"id":"%1","status":"BLOCKED","duration":1,"violations":[
                {"principleId":"X","severity":"BLOCK"},{"principleId":"\ufeffX","severity":"BLOCK"}]})";
        const auto post = [&](const char* id) {
            return m_client->post(checks, fill(body.constData(), id), json).status;
        };
        const QString marked = QString(QChar::ByteOrderMark) + u"X"_s;
        QCOMPARE(post("before"), 201);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(post("after"), 201);
        const HttpResponse dashboard = m_client->get("/api/v1/analytics/dashboard?period=all");
        QVERIFY2(dashboard.status == 200, dashboard.summary().constData());
        QStringList counted;
        for (const auto& each : dashboard.data()["topViolations"_L1].toArray())
            counted.append(each["id"_L1].toString() + each["count"_L1].toVariant().toString());
        QCOMPARE(counted, (QStringList{u"X2"_s, marked + u'2'}));
        const QJsonValue stored = m_client->get(checks + "/before").data();
        QCOMPARE(stored["violations"_L1][1]["principleId"_L1].toString(), marked);
        QCOMPARE(idsOf(m_client->get(checks + "?principle=%EF%BB%BFX")).size(), 2);
    }

    void post_withoutIdAndTime_getsBoth()
    {
        const auto before = prism::protocol::now();
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS","duration":0})")).status, 201);
        const QJsonObject check = m_client->get(checks).data()[0].toObject();
        QCOMPARE(check["id"_L1].toString().size(), 36);
        QCOMPARE(check["violations"_L1].toArray().size(), 0);
        const auto time = prism::protocol::fromIso(check["timestamp"_L1].toString());
        QVERIFY(time && *time >= before && *time <= prism::protocol::now());
    }

    void post_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, Scenario scenario) {
            scenario.method = "POST";
            scenario.path = checks;
            QTest::newRow(name) << scenario;
        };
        row("list", {.body = R"([{"status":"PASS","duration":1},{"status":"WARNING","duration":2}])",
                     .status = 201,
                     .events = {completed, completed}});
        row("NDJSON",
            {.body = "{\"status\":\"PASS\",\"duration\":1}\n{\"status\":\"BLOCKED\",\"duration\":2}\n",
             .headers = ndjson,
             .status = 201,
             .events = {completed, completed}});
        row("NDJSON without a last line end, with empty lines and CRLF",
            {.body = "{\"status\":\"PASS\",\"duration\":1}\r\n\r\n  \n{\"status\":\"PASS\",\"duration\":2}",
             .headers = ndjson,
             .status = 201,
             .events = {completed, completed}});
        row("a little ahead of the clock", {.body = fill(R"({"status":"PASS","duration":1,"timestamp":"%1"})",
                                                         inFuture(std::chrono::minutes(4))),
                                            .status = 201,
                                            .events = {completed}});
        row("far ahead of the clock", {.body = fill(R"({"status":"PASS","duration":1,"timestamp":"%1"})",
                                                    inFuture(std::chrono::minutes(6))),
                                       .status = 400,
                                       .error = u"ERR_1004"_s,
                                       .contains = {"timestamp: "}});
        row("399 days ago", {.body = daysAgo({399}), .status = 201, .events = {completed}});
        row("400 days ago", {.body = daysAgo({400}),
                             .status = 400,
                             .error = u"ERR_1004"_s,
                             .contains = {R"("timestamp: is more than 400 days ago)", "imported=true"}});
        row("1970", {.body = R"({"status":"PASS","duration":1,"timestamp":"1970-01-01T00:00:00Z"})",
                     .status = 400,
                     .error = u"ERR_1004"_s,
                     .contains = {"timestamp: "}});
        row("too old in a list", {.body = daysAgo({0, 401, 3}),
                                  .status = 400,
                                  .error = u"ERR_1004"_s,
                                  .contains = {R"("[1]: timestamp: is more than 400 days ago)"}});
        row("own id twice in a list",
            {.body =
                 R"([{"id":"twin","status":"PASS","duration":1},{"id":"twin","status":"BLOCKED","duration":2}])",
             .status = 201,
             .events = {completed}});
        row("no fields", {.body = "{}",
                          .status = 400,
                          .error = u"ERR_1003"_s,
                          .contains = {"status: "},
                          .absent = {"duration: "}});
        row("empty list", {.body = "[]", .status = 400, .error = u"ERR_1001"_s});
        row("empty NDJSON", {.body = "\n\n", .headers = ndjson, .status = 400, .error = u"ERR_1001"_s});
        row("a word", {.body = "\"PASS\"", .status = 400, .error = u"ERR_1004"_s});
        row("unknown status", {.body = R"({"status":"FAILED","duration":1})",
                               .status = 400,
                               .error = u"ERR_1001"_s,
                               .contains = {"status: ", "WARNING"}});
        row("negative duration", {.body = R"({"status":"PASS","duration":-0.5})",
                                  .status = 400,
                                  .error = u"ERR_1001"_s,
                                  .contains = {"duration: "}});
        row("duration is text", {.body = R"({"status":"PASS","duration":"12"})",
                                 .status = 400,
                                 .error = u"ERR_1004"_s,
                                 .contains = {"duration: "}});
        row("time without a zone",
            {.body = R"({"status":"PASS","duration":1,"timestamp":"2026-01-02T03:04:05"})",
             .status = 400,
             .error = u"ERR_1004"_s,
             .contains = {"timestamp: "}});
        row("unknown field", {.body = R"({"status":"PASS","duration":1,"colour":"red"})",
                              .status = 400,
                              .error = u"ERR_1001"_s,
                              .contains = {"colour: "}});
        row("long id", {.body = fill(R"({"status":"PASS","duration":1,"id":"%1"})", QByteArray(101, 'i')),
                        .status = 400,
                        .error = u"ERR_1005"_s,
                        .contains = {"id: "}});
        row("bad violations",
            {.body =
                 R"({"status":"BLOCKED","duration":1,"violations":[{"principleId":"P","severity":"BLOCK"},)"
                 R"({"severity":"LOUD","shade":1},7]})",
             .status = 400,
             .error = u"ERR_1001"_s,
             .contains = {"violations[1].principleId: ", "violations[1].severity: ", "violations[1].shade: ",
                          "violations[2]: "},
             .absent = {"violations[0]"}});
        row("bad entries in a list are named, none is kept",
            {.body = R"([{"status":"PASS","duration":1},{"status":"PASS","duration":"1"},7,{"status":"X"}])",
             .status = 400,
             .error = u"ERR_1001"_s,
             .contains = {"[1]: duration: ", "[2]: ", "[3]: status: "},
             .absent = {"[0]"}});
        row("bad NDJSON lines are named by line, none is kept",
            {.body = "{\"status\":\"PASS\",\"duration\":1}\n\n{\"status\":\n{\"duration\":1}\n",
             .headers = ndjson,
             .status = 400,
             .error = u"ERR_1001"_s,
             .contains = {"line 3: ", "line 4: status: "},
             .absent = {"line 1", "line 2"}});
    }

    void post()
    {
        QFETCH(const Scenario, scenario);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QCOMPARE(m_client->get(checks + "?limit=100").data().toArray().size(), scenario.events.size());
    }

    void post_withAnIdThatIsThere_writesNothing()
    {
        QCOMPARE(m_client->post(checks, parseJson(R"({"id":"a","status":"PASS","duration":1})")).status, 201);
        const auto before = position(*m_client);
        const HttpResponse again =
            m_client->post(checks, parseJson(R"({"id":"a","status":"BLOCKED","duration":9})"));
        QVERIFY2(again.status == 200 || again.status == 201, again.summary().constData());
        QCOMPARE(position(*m_client), before);
        QCOMPARE(m_client->get(checks + "/a").data()["status"_L1].toString(), u"PASS"_s);
        const HttpResponse mixed = m_client->post(
            checks,
            QByteArray(
                R"([{"id":"a","status":"PASS","duration":1},{"id":"b","status":"PASS","duration":1}])"));
        QCOMPARE(mixed.status, 201);
        QCOMPARE(eventsSince(*m_client, before).size(), 1);
    }

    void post_ofTenThousandLines_isOneTransaction()
    {
        QByteArray body; // of checks too fast for an alert, which would be an event more
        for (int i = 0; i < 10000; ++i)
            body += "{\"status\":\"PASS\",\"duration\":" + QByteArray::number(i % 500) + "}\n";
        const HttpResponse response = m_client->post(checks, body, ndjson);
        QVERIFY2(response.status == 201, response.summary().constData());
        QCOMPARE(position(*m_client), 10000);
        const HttpResponse tooMany =
            m_client->post(checks, body + "{\"status\":\"PASS\",\"duration\":1}\n", ndjson);
        QCOMPARE(tooMany.status, 400);
        QCOMPARE(tooMany.error(), u"ERR_1005"_s);
        QCOMPARE(position(*m_client), 10000);
    }

    void old_isTakenWhenItIsImported()
    {
        QCOMPARE(m_client->post(imported, parseJson(daysAgo({4000}))).status, 201);
        QCOMPARE(m_client->post(checks + "?imported=false", parseJson(daysAgo({4000}))).error(),
                 u"ERR_1004"_s);
    }

    void age_isBoundedAsSet()
    {
        stopServer();
        startServer({u"--max-check-age"_s, u"7"_s});
        QCOMPARE(m_client->post(checks, parseJson(daysAgo({6}))).status, 201);
        const HttpResponse old = m_client->post(checks, parseJson(daysAgo({7})));
        QCOMPARE(old.error(), u"ERR_1004"_s);
        QVERIFY(old.body.contains("timestamp: is more than 7 days ago"));
        const QByteArray retro =
            fill(R"({"type":"quick","duration":0,"timestamp":"%1"})", inFuture(-std::chrono::days(30)));
        QCOMPARE(m_client->post("/api/v1/retros", parseJson(retro)).status, 201);
    }

    void days_ofARequest_areBounded_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("most");
        QTest::newRow("unless changed") << QStringList() << 400;
        QTest::newRow("as set") << QStringList{u"--max-bulk-days"_s, u"3"_s} << 3;
    }

    void days_ofARequest_areBounded()
    {
        QFETCH(const QStringList, options);
        QFETCH(const int, most);
        stopServer();
        startServer(options);
        QCOMPARE(m_client->post(imported, onDays(most), ndjson).status, 201);
        for (const QByteArray& path : {imported, QByteArray("/api/v1/retros?imported=true")}) {
            const QByteArray body = path == imported
                                        ? onDays(most + 1)
                                        : onDays(most + 1).replace("status", "type").replace("PASS", "deep");
            const HttpResponse answer = m_client->post(path, body, ndjson);
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.error(), u"ERR_1004"_s);
            const QByteArray why = "timestamp: lies on " + QByteArray::number(most + 1) +
                                   " different days, at most " + QByteArray::number(most);
            QVERIFY2(answer.body.contains(why), answer.body);
        }
        QCOMPARE(m_client->get("/api/v1/analytics/dashboard?period=all")
                     .data()["summary"_L1]["totalChecks"_L1]
                     .toInt(),
                 most);
    }
};

PRISM_TEST(TestChecks)

} // namespace tst_checks

#include "tst_checks.moc"
