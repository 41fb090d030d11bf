#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QUuid>

namespace tst_records {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QString created = u"analytics:record:created"_s;
const QString updated = u"analytics:record:updated"_s;
const QString deleted = u"analytics:record:deleted"_s;

QByteArray batchOf(int count, const QByteArray& prefix)
{
    QByteArrayList bodies;
    for (int i = 0; i < count; ++i)
        bodies.append(fill(R"({"type":"custom","name":"%1"})", prefix + QByteArray::number(i)));
    return '[' + bodies.join(',') + ']';
}

} // namespace

/// Creating, reading, changing and deleting records, one and many.
class TestRecords : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer();
        QCOMPARE(m_client->post(records, parseJson(R"({"type":"adhoc","name":"Taken"})")).status, 201);
    }

    void cleanupTestCase() { stopServer(); }

    void create_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto accepted = [](const char* name, const QByteArray& body, const QByteArrayList& contains) {
            QTest::newRow(name) << Scenario{.method = "POST",
                                            .path = records,
                                            .body = body,
                                            .status = 201,
                                            .contains = contains,
                                            .events = {created}};
        };
        const auto refused = [](const char* name, const QByteArray& body, const QString& error,
                                const QByteArrayList& contains, int status = 400) {
            QTest::newRow(name) << Scenario{.method = "POST",
                                            .path = records,
                                            .body = body,
                                            .status = status,
                                            .error = error,
                                            .contains = contains};
        };
        accepted("least", R"({"type":"custom","name":"Least"})",
                 {R"("type":"custom")", R"("name":"Least")", R"("version":1)"});
        accepted("scheduled", R"({"type":"scheduled","name":"S"})", {R"("type":"scheduled")"});
        accepted(
            "everything",
            R"({"type":"adhoc","name":"All","description":"why","createdBy":"ann",)"
            R"("config":{"metrics":["violations","checks"],"period":"month","filters":{"project":"p"}}})",
            {R"("description":"why")", R"("createdBy":"ann")", R"("period":"month")",
             R"(["violations","checks"])", R"("filters":{"project":"p"})"});
        accepted("name is trimmed", R"({"type":"custom","name":"  padded \t"})", {R"("name":"padded")"});
        accepted("name of 100", fill(R"({"type":"custom","name":"%1"})", QByteArray(100, 'n')), {});
        accepted("name of 100 after trimming",
                 fill(R"({"type":"custom","name":"  %1 "})", QByteArray(100, 'm')), {});
        accepted("name that is not ASCII", R"({"type":"custom","name":"质量 ✓"})", {"质量 ✓"});
        accepted("case tells names apart", R"({"type":"custom","name":"taken"})", {});
        accepted("description of 500",
                 fill(R"({"type":"custom","name":"d500","description":"%1"})", QByteArray(500, 'd')), {});
        accepted("SQL in a name", R"({"type":"custom","name":"x'); DROP TABLE records; --"})",
                 {"DROP TABLE records"});

        refused("no fields", "{}", u"ERR_1003"_s, {"type: ", "name: "});
        refused("no name", R"({"type":"custom"})", u"ERR_1003"_s, {"name: "});
        refused("no type", R"({"name":"x"})", u"ERR_1003"_s, {"type: "});
        refused("null name", R"({"type":"custom","name":null})", u"ERR_1003"_s, {"name: "});
        refused("empty name", R"({"type":"custom","name":""})", u"ERR_1003"_s, {"name: "});
        refused("white name", R"({"type":"custom","name":" \n "})", u"ERR_1003"_s, {"name: "});
        refused("number for a name", R"({"type":"custom","name":7})", u"ERR_1004"_s, {"name: "});
        refused("long name", fill(R"({"type":"custom","name":"%1"})", QByteArray(101, 'n')), u"ERR_1005"_s,
                {"name: "});
        refused("unknown type", R"({"type":"daily","name":"x"})", u"ERR_1001"_s, {"type: ", "scheduled"});
        refused("type in capitals", R"({"type":"CUSTOM","name":"x"})", u"ERR_1001"_s, {"type: "});
        refused("long description",
                fill(R"({"type":"custom","name":"x","description":"%1"})", QByteArray(501, 'd')),
                u"ERR_1005"_s, {"description: "});
        refused("unknown field", R"({"type":"custom","name":"x","colour":"red"})", u"ERR_1001"_s,
                {"colour: "});
        refused("own id", R"({"type":"custom","name":"x","id":"mine"})", u"ERR_1001"_s, {"id: "});
        refused("unknown period", R"({"type":"custom","name":"x","config":{"period":"decade"}})",
                u"ERR_1001"_s, {"config.period: "});
        refused("unknown field in config", R"({"type":"custom","name":"x","config":{"size":1}})",
                u"ERR_1001"_s, {"config.size: "});
        refused("config is no object", R"({"type":"custom","name":"x","config":[]})", u"ERR_1004"_s,
                {"config: "});
        refused("metrics are no texts", R"({"type":"custom","name":"x","config":{"metrics":[1]}})",
                u"ERR_1004"_s, {"config.metrics: "});
        refused("filters are no object", R"({"type":"custom","name":"x","config":{"filters":"p"}})",
                u"ERR_1004"_s, {"config.filters: "});
        refused("all problems at once",
                fill(R"({"type":"daily","name":"%1","description":1,"colour":"red","config":{"period":"x"}})",
                     QByteArray(101, 'n')),
                u"ERR_1001"_s, {"type: ", "name: ", "description: ", "colour: ", "config.period: "});
        refused("a list", R"([{"type":"custom","name":"x"}])", u"ERR_1004"_s, {});
        refused("a word", R"("custom")", u"ERR_1002"_s, {});
        refused("taken name", R"({"type":"custom","name":"Taken"})", u"ERR_3002"_s, {"Taken"}, 409);
        refused("taken name, padded", R"({"type":"custom","name":" Taken "})", u"ERR_3002"_s, {}, 409);
    }

    void create()
    {
        QFETCH(const Scenario, scenario);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void create_answersWithTheRecordAndItsPlace()
    {
        const QJsonObject record = make(R"({"type":"custom","name":"Placed"})");
        const QUuid id = QUuid::fromString(record["id"_L1].toString());
        QVERIFY(!id.isNull());
        QCOMPARE(record["id"_L1].toString().at(14), u'7'); // the version of a UUID
        QCOMPARE(m_last.header("Location"), records + '/' + record["id"_L1].toString().toLatin1());
        QCOMPARE(record["createdAt"_L1], record["updatedAt"_L1]);
        const HttpResponse read = m_client->get(m_last.header("Location"));
        QCOMPARE(read.status, 200);
        QCOMPARE(read.data().toObject(), record);
    }

    void create_isTheContentOfItsEvent()
    {
        const auto before = position(*m_client);
        const QJsonObject record = make(R"({"type":"custom","name":"Told"})");
        const QJsonArray events = eventsSince(*m_client, before);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0]["data"_L1]["record"_L1].toObject(), record);
        QVERIFY(events[0]["data"_L1]["timestamp"_L1].isString());
    }

    void ids_riseWithTime()
    {
        QString last;
        for (int i = 0; i < 20; ++i) {
            const QString id =
                make(fill(R"({"type":"custom","name":"Rising %1"})", QByteArray::number(i)))["id"_L1]
                    .toString();
            QVERIFY2(id > last, qPrintable(id));
            last = id;
        }
    }

    void get_ofAnAbsentOne_isNotFound()
    {
        for (const QByteArray id : {"0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60", "x", "%00", "%2e%2e"}) {
            const HttpResponse response = m_client->get(records + '/' + id);
            QCOMPARE(response.status, 404);
            QCOMPARE(response.error(), u"ERR_3001"_s);
        }
    }

    void get_hasItsVersionAsETag()
    {
        const QByteArray path = pathOf(make(R"({"type":"custom","name":"Tagged"})"));
        QCOMPARE(m_client->get(path).header("ETag"), "\"1\""_ba);
        QCOMPARE(m_client->put(path, parseJson(R"({"description":"new"})")).status, 200);
        QCOMPARE(m_client->get(path).header("ETag"), "\"2\""_ba);
        QCOMPARE(m_client->get(path, {{"If-None-Match", "\"2\""}}).status, 304);
        QCOMPARE(m_client->get(path, {{"If-None-Match", "\"1\""}}).status, 200);
    }

    void change_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, Scenario scenario) {
            scenario.method = "PUT";
            QTest::newRow(name) << scenario;
        };
        row("name", {.body = R"({"name":" New name "})",
                     .contains = {R"("name":"New name")", R"("type":"custom")", R"("description":"old")",
                                  R"("version":2)", R"("period":"week")"},
                     .events = {updated}});
        row("description", {.body = R"({"description":"new"})",
                            .contains = {R"("description":"new")", "\"name\":\"Subject"},
                            .events = {updated}});
        row("type", {.body = R"({"type":"adhoc"})", .contains = {R"("type":"adhoc")"}, .events = {updated}});
        row("config", {.body = R"({"config":{"metrics":["checks"]}})",
                       .contains = {R"("metrics":["checks"])"},
                       .events = {updated}});
        row("unknown fields are ignored", {.body = R"({"description":"new","colour":"red"})",
                                           .contains = {R"("description":"new")"},
                                           .absent = {"colour"},
                                           .events = {updated}});
        row("id and createdAt stay",
            {.body = R"({"description":"n","id":"x","createdAt":"2001-01-01T00:00:00.000Z"})",
             .absent = {"2001-01-01", R"("id":"x")"},
             .events = {updated}});
        row("empty body", {.body = "{}", .status = 400, .error = u"ERR_1001"_s});
        row("only unknown fields", {.body = R"({"colour":"red"})", .status = 400, .error = u"ERR_1001"_s});
        row("empty name", {.body = R"({"name":" "})", .status = 400, .error = u"ERR_1003"_s});
        row("two problems", {.body = R"({"type":"daily","description":7})",
                             .status = 400,
                             .error = u"ERR_1001"_s,
                             .contains = {"type: ", "description: "}});
        row("taken name", {.body = R"({"name":"Taken"})", .status = 409, .error = u"ERR_3002"_s});
        row("matching version", {.body = R"({"description":"n"})",
                                 .headers = {{"If-Match", "\"1\""}},
                                 .contains = {R"("version":2)"},
                                 .events = {updated}});
        row("any version",
            {.body = R"({"description":"n"})", .headers = {{"If-Match", "*"}}, .events = {updated}});
        row("older version", {.body = R"({"description":"n"})",
                              .headers = {{"If-Match", "\"7\""}},
                              .status = 412,
                              .error = u"ERR_4002"_s});
        row("weak tag", {.body = R"({"description":"n"})",
                         .headers = {{"If-Match", "W/\"1\""}},
                         .status = 412,
                         .error = u"ERR_4002"_s});
        row("half a version",
            {.body = R"({"description":"n","version":1.5})", .status = 400, .error = u"ERR_1004"_s});
    }

    void change()
    {
        QFETCH(Scenario, scenario);
        static int number = 0;
        const QByteArray name = "Subject " + QByteArray::number(++number);
        const QJsonObject before = make(
            fill(R"({"type":"custom","name":"%1","description":"old","config":{"period":"week"}})", name));
        scenario.path = pathOf(before);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const QJsonObject after = m_client->get(scenario.path).data().toObject();
        QCOMPARE(after["id"_L1], before["id"_L1]);
        QCOMPARE(after["createdAt"_L1], before["createdAt"_L1]);
        if (scenario.status != 200)
            QCOMPARE(after, before);
        else
            QVERIFY(after["updatedAt"_L1].toString() >= before["updatedAt"_L1].toString());
        m_client->remove(scenario.path);
    }

    void change_toItsOwnName_isAllowed()
    {
        const QByteArray path = pathOf(make(R"({"type":"custom","name":"Own name"})"));
        QCOMPARE(m_client->put(path, parseJson(R"({"name":"Own name","description":"d"})")).status, 200);
    }

    void change_isTheContentOfItsEvent()
    {
        const QJsonObject record = make(R"({"type":"custom","name":"To change"})");
        const auto before = position(*m_client);
        const QJsonValue after = m_client->put(pathOf(record), parseJson(R"({"description":"d"})")).data();
        const QJsonValue data = eventsSince(*m_client, before)[0]["data"_L1];
        QCOMPARE(data["id"_L1], record["id"_L1]);
        QCOMPARE(data["record"_L1], after);
        QCOMPARE(data["updates"_L1], parseJson(R"({"description":"d"})"));
    }

    void change_ofAnAbsentOne_isNotFound()
    {
        const Scenario scenario{.method = "PUT",
                                .path = records + "/0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60",
                                .body = R"({"name":"x"})",
                                .status = 404,
                                .error = u"ERR_3001"_s};
        QCOMPARE(play(*m_client, scenario), QString());
    }

    void remove_deletesItOnce()
    {
        const QJsonObject record = make(R"({"type":"custom","name":"To delete"})");
        Scenario scenario{.method = "DELETE",
                          .path = pathOf(record),
                          .status = 200,
                          .contains = {"\"message\":"},
                          .events = {deleted}};
        QCOMPARE(play(*m_client, scenario), QString());
        QCOMPARE(m_client->get(scenario.path).status, 404);
        scenario = {.method = "DELETE", .path = scenario.path, .status = 404, .error = u"ERR_3001"_s};
        QCOMPARE(play(*m_client, scenario), QString());
        // Its name is free again.
        make(R"({"type":"custom","name":"To delete"})");
    }

    void batch_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, Scenario scenario) {
            scenario.method = "POST";
            scenario.path = records + "/batch";
            QTest::newRow(name) << scenario;
        };
        row("two", {.body = batchOf(2, "two "),
                    .status = 201,
                    .contains = {R"("name":"two 0")", R"("name":"two 1")"},
                    .events = {created, created}});
        row("1,000",
            {.body = batchOf(1000, "thousand "), .status = 201, .events = QStringList(1000, created)});
        row("1,001", {.body = batchOf(1001, "more "), .status = 400, .error = u"ERR_1005"_s});
        row("none", {.body = "[]", .status = 400, .error = u"ERR_1001"_s});
        row("no list",
            {.body = R"({"type":"custom","name":"alone"})", .status = 400, .error = u"ERR_1004"_s});
        row("a bad one among good ones",
            {.body = R"([{"type":"custom","name":"good a"},{"type":"custom"},{"type":"x","name":"good b"}])",
             .status = 400,
             .error = u"ERR_1001"_s,
             .contains = {"[1]: name: ", "[2]: type: "},
             .absent = {"[0]"}});
        row("a taken name among good ones",
            {.body = R"([{"type":"custom","name":"good c"},{"type":"custom","name":"Taken"}])",
             .status = 409,
             .error = u"ERR_3002"_s,
             .contains = {"[1]"}});
        row("a name twice", {.body = R"([{"type":"custom","name":"twin"},{"type":"custom","name":"twin"}])",
                             .status = 409,
                             .error = u"ERR_3002"_s,
                             .contains = {"[1]"}});
        row("something else than an object", {.body = R"([{"type":"custom","name":"good d"},7])",
                                              .status = 400,
                                              .error = u"ERR_1004"_s,
                                              .contains = {"[1]"}});
    }

    void batch()
    {
        QFETCH(const Scenario, scenario);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void batch_thatIsRefused_leavesNamesFree()
    {
        m_client->post(records + "/batch",
                       QByteArray(R"([{"type":"custom","name":"free"},{"type":"custom","name":"Taken"}])"));
        make(R"({"type":"custom","name":"free"})");
    }

    void example_ofTheReadme_works()
    {
        // curl -X POST …/records -H "Content-Type: application/json" -d '{"type":"custom","name":"Real-time
        // Test"}'
        const HttpResponse response =
            m_client->send("POST", records,
                           {{"Host", "localhost:" + QByteArray::number(m_server->httpPort())},
                            {"User-Agent", "curl/7.88.1"},
                            {"Accept", "*/*"},
                            {"Content-Type", "application/json"}},
                           R"({"type":"custom","name":"Real-time Test"})");
        QCOMPARE(response.status, 201);
        QCOMPARE(response.data()["name"_L1].toString(), u"Real-time Test"_s);
    }

    void records_surviveAKill()
    {
        const QJsonObject record = make(R"({"type":"custom","name":"Durable"})");
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(pathOf(record)).data().toObject(), record);
    }

private:
    QJsonObject make(const QByteArray& body)
    {
        m_last = m_client->post(records, body);
        if (m_last.status != 201)
            qFatal("record not made: %s", m_last.summary().constData());
        return m_last.data().toObject();
    }

    static QByteArray pathOf(const QJsonObject& record)
    {
        return records + '/' + record["id"_L1].toString().toLatin1();
    }

    HttpResponse m_last;
};

PRISM_TEST(TestRecords)

} // namespace tst_records

#include "tst_records.moc"
