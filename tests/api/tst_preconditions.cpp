#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_preconditions {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray past = "Sun, 06 Nov 1994 08:49:37 GMT";
const QByteArray future = "Sat, 31 Dec 2199 23:59:60 GMT"; // with a leap second

/// What a resource is asked, and what comes of it by whether the conditions hold.
struct Asked
{
    QByteArray method;
    QByteArray path;
    QByteArray body;
};

/// A row is one set of header fields. %T stands for the tag as it is, %C for it without its quotes.
struct Row
{
    const char* name;
    RestClient::Headers conditions;
    int read;  ///< status of a GET or HEAD
    int write; ///< of anything else: 200 stands for that it is done
};

const QList<Row> rows{
    {"If-Match", {{"If-Match", "%T"}}, 200, 200},
    {"If-Match, another", {{"If-Match", "\"no\""}}, 412, 412},
    {"If-Match, any", {{"If-Match", "*"}}, 200, 200},
    {"If-Match, weak", {{"If-Match", "W/%T"}}, 412, 412},
    {"If-Match, list", {{"If-Match", "\"no\", %T"}}, 200, 200},
    {"If-Match, list without spaces", {{"If-Match", "\"no\",%T,\"nor\""}}, 200, 200},
    {"If-Match, list of others", {{"If-Match", "\"no\", \"nor\""}}, 412, 412},
    {"If-Match, list with it weak", {{"If-Match", "\"no\", W/%T"}}, 412, 412},
    {"If-Match, two fields", {{"If-Match", "\"no\""}, {"If-Match", "%T"}}, 200, 200},
    {"If-Match, a comma within a tag", {{"If-Match", "\"no,%C\""}}, 412, 412},
    {"If-Match, no quotes", {{"If-Match", "%C"}}, 412, 412},
    {"If-Match, empty", {{"If-Match", ""}}, 412, 412},
    {"If-Match, half a quote", {{"If-Match", "\"%C"}}, 412, 412},
    {"If-Match, capital", {{"IF-MATCH", "\"no\""}}, 412, 412},
    {"If-None-Match", {{"If-None-Match", "%T"}}, 304, 412},
    {"If-None-Match, another", {{"If-None-Match", "\"no\""}}, 200, 200},
    {"If-None-Match, any", {{"If-None-Match", "*"}}, 304, 412},
    {"If-None-Match, weak", {{"If-None-Match", "W/%T"}}, 304, 412},
    {"If-None-Match, another weak", {{"If-None-Match", "W/\"no\""}}, 200, 200},
    {"If-None-Match, list", {{"If-None-Match", "\"no\", W/\"nor\", %T"}}, 304, 412},
    {"If-None-Match, list of others", {{"If-None-Match", "\"no\", \"nor\""}}, 200, 200},
    {"If-None-Match, two fields", {{"If-None-Match", "\"no\""}, {"If-None-Match", "%T"}}, 304, 412},
    {"If-None-Match, a comma within a tag", {{"If-None-Match", "\"no, %C\""}}, 200, 200},
    {"If-None-Match, no quotes", {{"If-None-Match", "%C"}}, 200, 200},
    {"If-None-Match, small w", {{"If-None-Match", "w/%T"}}, 200, 200},
    // The order of RFC 9110, section 13.2.2.
    {"both hold", {{"If-Match", "%T"}, {"If-None-Match", "\"no\""}}, 200, 200},
    {"If-Match fails first", {{"If-Match", "\"no\""}, {"If-None-Match", "%T"}}, 412, 412},
    {"If-None-Match after If-Match", {{"If-Match", "*"}, {"If-None-Match", "%T"}}, 304, 412},
    {"If-Match instead of a date", {{"If-Match", "%T"}, {"If-Unmodified-Since", past}}, 200, 200},
    {"If-None-Match instead of a date",
     {{"If-None-Match", "\"no\""}, {"If-Modified-Since", future}},
     200,
     200},
    {"If-None-Match beside an old date", {{"If-None-Match", "%T"}, {"If-Modified-Since", past}}, 304, 412},
    {"no date", {{"If-Unmodified-Since", "yesterday"}, {"If-Modified-Since", "tomorrow"}}, 200, 200},
    {"second 61", {{"If-Modified-Since", "Sat, 31 Dec 2199 23:59:61 GMT"}}, 200, 200},
    {"If-Range", {{"If-Range", "\"no\""}, {"Range", "bytes=0-1"}}, 200, 200},
};

/// Of what has a date as well.
const QList<Row> dateRows{
    {"If-Modified-Since, later", {{"If-Modified-Since", future}}, 304, 200},
    {"If-Modified-Since, earlier", {{"If-Modified-Since", past}}, 200, 200},
    {"If-Modified-Since, the old forms",
     {{"If-Modified-Since", "Saturday, 31-Dec-50 23:59:59 GMT"}},
     304,
     200},
    {"If-Modified-Since, asctime", {{"If-Modified-Since", "Sat Dec  1 23:59:59 2199"}}, 304, 200},
    {"If-Unmodified-Since, later", {{"If-Unmodified-Since", future}}, 200, 200},
    {"If-Unmodified-Since, earlier", {{"If-Unmodified-Since", past}}, 412, 412},
    {"its own date, modified", {{"If-Modified-Since", "%D"}}, 304, 200},
    {"its own date, unmodified", {{"If-Unmodified-Since", "%D"}}, 200, 200},
};

} // namespace

/// Conditional requests (RFC 9110, section 13): every condition on every method of everything that has a
/// validator, and on what has none.
class TestPreconditions : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }

    void cleanupTestCase() { stopServer(); }

    void conditions_decide_data()
    {
        QTest::addColumn<QByteArray>("resource");
        QTest::addColumn<Row>("row");
        for (const char* resource : {"record", "rules", "restore", "settings", "dashboard", "version"}) {
            for (const Row& row : rows)
                QTest::newRow((resource + ": "_ba + row.name).constData()) << QByteArray(resource) << row;
            if (resource != "record"_ba)
                continue;
            for (const Row& row : dateRows)
                QTest::newRow((resource + ": "_ba + row.name).constData()) << QByteArray(resource) << row;
        }
    }

    void conditions_decide()
    {
        QFETCH(const QByteArray, resource);
        QFETCH(const Row, row);
        const QList<Asked> reads = readsOf(resource);
        const HttpResponse now = m_client->get(reads.first().path);
        QVERIFY2(!now.header("ETag").isEmpty(), now.summary().constData());
        const RestClient::Headers conditions = filled(row.conditions, now);
        for (const Asked& asked : reads) {
            const HttpResponse got = m_client->send(asked.method, asked.path, conditions);
            QVERIFY2(got.status == row.read, asked.method + ": " + got.summary());
            if (row.read != 412)
                QCOMPARE(got.header("ETag"), now.header("ETag"));
            if (row.read == 304)
                QVERIFY(got.body.isEmpty() && got.header("Cache-Control") == "private, no-cache");
        }
        for (const Asked& asked : writesOf(resource)) {
            const RestClient::Headers fresh = filled(row.conditions, m_client->get(reads.first().path));
            const auto before = position(*m_client);
            const HttpResponse got = m_client->send(asked.method, asked.path, fresh, asked.body);
            QVERIFY2(got.status == row.write, asked.method + ": " + got.summary());
            if (row.write == 412)
                QCOMPARE(got.error(), u"ERR_4002"_s);
            QCOMPARE(position(*m_client) - before, row.write == 200 ? 1 : 0);
        }
    }

    void whatHasNoTag_matchesNone_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isThere");
        const QByteArray check = R"({"status":"PASS","duration":1})";
        QTest::newRow("health") << "GET"_ba
                                << "/health"_ba
                                << ""_ba << true;
        QTest::newRow("list") << "GET"_ba << records << ""_ba << true;
        QTest::newRow("collection") << "POST"_ba
                                    << "/api/v1/gateway/checks"_ba << check << true;
        QTest::newRow("judging") << "POST"_ba
                                 << "/api/v1/gateway/check"_ba
                                 << R"({"intent":"read"})"_ba << false;
        QTest::newRow("cache") << "DELETE"_ba
                               << "/api/v1/analytics/cache"_ba
                               << ""_ba << false;
        QTest::newRow("no mute") << "PUT"_ba
                                 << "/api/v1/alerts/mutes/usage_drop"_ba
                                 << R"({"until":"2199-01-01T00:00:00Z"})"_ba << false;
    }

    void whatHasNoTag_matchesNone()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isThere);
        const auto statusWith = [&](const QByteArray& name, const QByteArray& value) {
            m_client->remove("/api/v1/alerts/mutes/usage_drop");
            return m_client->send(method, path, {{name, value}}, body).status;
        };
        QCOMPARE(statusWith("If-Match", "\"1\""), 412);
        QCOMPARE(statusWith("If-Match", "\"\""), 412);
        QCOMPARE(statusWith("If-Match", "*") / 100, isThere ? 2 : 4);
        QCOMPARE(statusWith("If-None-Match", "\"1\"") / 100, 2);
        QCOMPARE(statusWith("If-None-Match", "\"\"") / 100, 2);
        const int taken = method == "GET" ? 304 : 412;
        const int status = statusWith("If-None-Match", "*");
        QVERIFY2(isThere ? status == taken : status / 100 == 2, QByteArray::number(status));
    }

    void muteThatIsThere_isNotMadeAnew()
    {
        const QByteArray path = "/api/v1/alerts/mutes/quality_drop";
        const QJsonValue mute = parseJson(R"({"until":"2199-01-01T00:00:00Z"})");
        QCOMPARE(m_client->remove(path, {{"If-Match", "*"}}).status, 404);
        QCOMPARE(m_client->put(path, mute, {{"If-None-Match", "*"}}).status, 200);
        QCOMPARE(m_client->put(path, mute, {{"If-None-Match", "*"}}).status, 412);
        QCOMPARE(m_client->put(path, mute, {{"If-Match", "*"}}).status, 200);
        QCOMPARE(m_client->remove(path, {{"If-None-Match", "*"}}).status, 412);
        QCOMPARE(m_client->remove(path, {{"If-Match", "*"}}).status, 200);
    }

    /// What would not be a success anyway is answered as what it is (RFC 9110, section 13.2.1).
    void whatIsAbsentOrWrong_isAnsweredAsThat_data()
    {
        QTest::addColumn<RestClient::Headers>("conditions");
        QTest::newRow("If-Match") << RestClient::Headers{{"If-Match", "\"1\""}};
        QTest::newRow("If-Match, any") << RestClient::Headers{{"If-Match", "*"}};
        QTest::newRow("If-None-Match, any") << RestClient::Headers{{"If-None-Match", "*"}};
        QTest::newRow("date") << RestClient::Headers{{"If-Unmodified-Since", past}};
    }

    void whatIsAbsentOrWrong_isAnsweredAsThat()
    {
        QFETCH(const RestClient::Headers, conditions);
        const QByteArray absent = records + "/0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60";
        const QByteArray change = R"({"description":"x"})";
        QCOMPARE(m_client->send("GET", absent, conditions).status, 404);
        QCOMPARE(m_client->send("HEAD", absent, conditions).status, 404);
        QCOMPARE(m_client->send("PUT", absent, conditions, change).status, 404);
        QCOMPARE(m_client->send("DELETE", absent, conditions).status, 404);
        QCOMPARE(m_client->send("GET", "/nothing", conditions).status, 404);
        QCOMPARE(m_client->send("PATCH", absent, conditions, change).status, 405);
        QCOMPARE(m_client->send("PUT", makeRecord(), conditions, "{").status, 400);
        QCOMPARE(m_client->get(records + "?page=0", conditions).status, 400);
    }

    /// If-Match is about what is stored; a version in the body is about what its writer had seen.
    void ifMatch_isNotOfTheBody_data()
    {
        QTest::addColumn<RestClient::Headers>("conditions");
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("status");
        const auto match = [](const char* value) { return RestClient::Headers{{"If-Match", value}}; };
        QTest::newRow("both") << match("\"2\"") << 2 << 200;
        QTest::newRow("stored, body's is older") << match("\"2\"") << 1 << 200;
        QTest::newRow("body's, not stored") << match("\"1\"") << 1 << 412;
        QTest::newRow("not stored, body's is") << match("\"1\"") << 2 << 412;
        QTest::newRow("body's alone") << RestClient::Headers() << 2 << 200;
        QTest::newRow("body's alone, older") << RestClient::Headers() << 1 << 409;
        QTest::newRow("any, body's is older") << match("*") << 1 << 409;
    }

    void ifMatch_isNotOfTheBody()
    {
        QFETCH(const RestClient::Headers, conditions);
        QFETCH(const int, version);
        QFETCH(const int, status);
        const QByteArray path = makeRecord();
        QCOMPARE(m_client->put(path, parseJson(R"({"description":"second"})")).header("ETag"), "\"2\""_ba);
        const QJsonObject body{{u"description"_s, u"third"_s}, {u"version"_s, version}};
        const HttpResponse response = m_client->put(path, QJsonValue(body), conditions);
        QVERIFY2(response.status == status, response.summary().constData());
        QCOMPARE(m_client->get(path).header("ETag"), status == 200 ? "\"3\""_ba : "\"2\""_ba);
    }

    void repetition_isToldWhatCameOfTheFirst()
    {
        const QByteArray path = makeRecord();
        const RestClient::Headers headers{{"If-Match", "\"1\""}, {"Idempotency-Key", path.right(36)}};
        const QJsonValue change = parseJson(R"({"description":"x"})");
        const HttpResponse first = m_client->put(path, change, headers);
        QCOMPARE(first.status, 200);
        QCOMPARE(m_client->put(path, parseJson(R"({"description":"y"})")).header("ETag"), "\"3\""_ba);
        const HttpResponse again = m_client->put(path, change, headers);
        QCOMPARE(again.status, 200);
        QCOMPARE(again.body, first.body);
        QCOMPARE(again.header("ETag"), "\"2\""_ba);
        QCOMPARE(m_client->get(path).header("ETag"), "\"3\""_ba);
    }

private:
    QByteArray makeRecord()
    {
        const QByteArray name = QByteArray::number(++m_made);
        return m_client->post(records, fill(R"({"type":"custom","name":"%1"})", name)).header("Location");
    }

    QList<Asked> readsOf(const QByteArray& resource)
    {
        const QByteArray gateway = "/api/v1/gateway/principles";
        m_record = resource == "record" ? makeRecord() : m_record;
        const QByteArray path = resource == "record"     ? m_record
                                : resource == "settings" ? "/api/v1/settings"
                                : resource == "dashboard"
                                    ? "/api/v1/analytics/dashboard?period=month&at=2026-02-07T12:00:10Z"
                                : resource == "version" ? gateway + "/versions/0"
                                                        : gateway;
        return {{"GET", path, {}}, {"HEAD", path, {}}};
    }

    QList<Asked> writesOf(const QByteArray& resource)
    {
        const QByteArray principles = "/api/v1/gateway/principles";
        const QByteArray rules = R"({"principles":[{"id":"P","name":"P","level":"ADVISORY",
                                     "violation_message":"no","keywords":["x"]}]})";
        if (resource == "record")
            return {{"PUT", m_record, R"({"description":"x"})"}, {"DELETE", m_record, {}}};
        if (resource == "rules")
            return {{"PUT", principles, rules}};
        if (resource == "restore")
            return {{"POST", principles + "/versions/0/restore", {}}};
        if (resource == "settings")
            return {
                {"PUT", "/api/v1/settings", fill(R"({"retentionDays":%1})", QByteArray::number(++m_made))}};
        return {};
    }

    static RestClient::Headers filled(RestClient::Headers conditions, const HttpResponse& now)
    {
        for (auto& [name, value] : conditions) {
            value.replace("%T", now.header("ETag"));
            value.replace("%C", now.header("ETag").replace('"', ""));
            value.replace("%D", now.header("Last-Modified"));
        }
        return conditions;
    }

    QByteArray m_record;
    int m_made = 400;
};

PRISM_TEST(TestPreconditions)

} // namespace tst_preconditions

#include "tst_preconditions.moc"
