#include "tests/api/analytics_oracle.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_marks {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray first = checks + "/c/violations/0";
const QString updated = u"gateway:check:updated"_s;
const QByteArray wrong = R"({"falsePositive":true})";
const QByteArray right = R"({"falsePositive":false})";
const RestClient::Headers json{{"Content-Type", "application/json"}};

} // namespace

/// Saying of a violation that it is a false positive, and taking it back.
class TestMarks : public ServerTest
{
    Q_OBJECT

private slots:
    void init()
    {
        startServer();
        const HttpResponse posted =
            m_client->post(checks, parseJson(R"({"id":"c","status":"BLOCKED","duration":5,"project":"web",
                "violations":[{"principleId":"P1","severity":"BLOCK"},
                              {"principleId":"P2","severity":"WARNING"}]})"));
        QVERIFY2(posted.status == 201, posted.summary().constData());
    }

    void cleanup() { stopServer(); }

    void mark_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, Scenario scenario) {
            scenario.method = "PATCH";
            scenario.headers = json;
            QTest::newRow(name) << scenario;
        };
        row("set", {.path = first,
                    .body = wrong,
                    .contains = {"\"id\":\"c\"", "\"falsePositive\":true"},
                    .events = {updated}});
        row("as it is", {.path = first, .body = right, .absent = {"\"falsePositive\":true"}});
        row("of an absent check",
            {.path = checks + "/d/violations/0", .body = wrong, .status = 404, .error = u"ERR_3001"_s});
        row("of an absent violation",
            {.path = checks + "/c/violations/2", .body = wrong, .status = 404, .error = u"ERR_3001"_s});
        row("before the first",
            {.path = checks + "/c/violations/-1", .body = wrong, .status = 404, .error = u"ERR_3001"_s});
        row("no number",
            {.path = checks + "/c/violations/one", .body = wrong, .status = 404, .error = u"ERR_3001"_s});
        row("nothing said", {.path = first,
                             .body = "{}",
                             .status = 400,
                             .error = u"ERR_1003"_s,
                             .contains = {"falsePositive: "}});
        row("no truth", {.path = first,
                         .body = R"({"falsePositive":"yes"})",
                         .status = 400,
                         .error = u"ERR_1004"_s,
                         .contains = {"falsePositive: "}});
        row("more than that", {.path = first,
                               .body = R"({"falsePositive":true,"severity":"INFO"})",
                               .status = 400,
                               .error = u"ERR_1001"_s,
                               .contains = {"severity: "}});
    }

    void mark()
    {
        QFETCH(const Scenario, scenario);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void mark_isInTheListTheEventAndEveryNumber()
    {
        const auto before = position(*m_client);
        expectNumbers(2, 1, QJsonValue(0));
        QCOMPARE(patch(first, wrong).status, 200);
        expectNumbers(1, 1, QJsonValue(0.5));
        const QJsonObject check = m_client->get(checks + "/c").data().toObject();
        QCOMPARE(check["violations"_L1][0]["falsePositive"_L1], QJsonValue(true));
        QCOMPARE(check["violations"_L1][1]["falsePositive"_L1], QJsonValue(false));
        const QJsonValue event = eventsSince(*m_client, before)[0];
        QCOMPARE(event["type"_L1].toString(), updated);
        QCOMPARE(event["data"_L1]["id"_L1].toString(), u"c"_s);
        QCOMPARE(event["data"_L1]["check"_L1].toObject(), check);
        QVERIFY(!event["data"_L1]["timestamp"_L1].toString().isEmpty());

        QCOMPARE(patch(checks + "/c/violations/1", wrong).status, 200);
        expectNumbers(0, 0, QJsonValue(1));
        QCOMPARE(patch(first, right).status, 200);
        QCOMPARE(patch(checks + "/c/violations/1", right).status, 200);
        expectNumbers(2, 1, QJsonValue(0));
    }

    void mark_underAKey_isDoneOnce()
    {
        const RestClient::Headers key{{"Content-Type", "application/json"}, {"Idempotency-Key", "k1"}};
        const HttpResponse once = m_client->send("PATCH", first, key, wrong);
        QCOMPARE(once.status, 200);
        QCOMPARE(patch(first, right).status, 200);
        const auto before = position(*m_client);
        QCOMPARE(m_client->send("PATCH", first, key, wrong).body, once.body);
        QCOMPARE(position(*m_client), before);
        expectNumbers(2, 1, QJsonValue(0));
    }

    void imported_isCountedLikeAllElse()
    {
        const QByteArray check = R"({"status":"PASS","duration":1})";
        QCOMPARE(m_client->send("POST", checks + "?imported=true", json, check).status, 201);
        QCOMPARE(m_client->send("POST", checks + "?imported=false", json, check).status, 201);
        const QByteArray retro = R"({"type":"quick","duration":1})";
        QCOMPARE(m_client->send("POST", "/api/v1/retros?imported=true", json, retro).status, 201);
        for (const QByteArray& path : {checks, QByteArray("/api/v1/retros")}) {
            const HttpResponse refused = m_client->send("POST", path + "?imported=maybe", json, check);
            QCOMPARE(refused.status, 400);
            QVERIFY(refused.details().startsWith(u"imported: "));
        }
        const QJsonValue data = m_client->get("/api/v1/analytics/dashboard").data();
        QCOMPARE(data["summary"_L1]["totalChecks"_L1].toInt(), 3);
        QCOMPARE(data["summary"_L1]["totalRetrospectives"_L1].toInt(), 1);
    }

private:
    HttpResponse patch(const QByteArray& path, const QByteArray& body)
    {
        return m_client->send("PATCH", path, json, body);
    }

    void expectNumbers(int violations, int rate, const QJsonValue& falsePositiveRate)
    {
        const QJsonValue data = m_client->get("/api/v1/analytics/dashboard?period=today").data();
        QCOMPARE(data["summary"_L1]["violations"_L1].toInt(), violations);
        QCOMPARE(data["quality"_L1]["violationRate"_L1].toInt(-1), rate);
        QCOMPARE(data["quality"_L1]["falsePositiveRate"_L1].toDouble(), falsePositiveRate.toDouble());
        QCOMPARE(data["topViolations"_L1].toArray().size(), violations);
        double trend = 0;
        const QJsonArray points =
            m_client->get("/api/v1/analytics/trends/violations?period=week").data()["points"_L1].toArray();
        for (const auto& point : points)
            trend += point["value"_L1].toDouble();
        QCOMPARE(trend, double(violations));
    }
};

PRISM_TEST(TestMarks)

} // namespace tst_marks

#include "tst_marks.moc"
