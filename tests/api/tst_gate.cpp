#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

namespace tst_gate {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray settings = "/api/v1/settings";
const QByteArray check = "/api/v1/gateway/check";
const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray principles = "/api/v1/gateway/principles";
const QString completed = u"gateway:check:completed"_s;

QJsonValue rules()
{
    return parseJson(R"({"principles":[
        {"id":"stop","name":"No removal","level":"HARD_BLOCK","check_phases":["EXECUTE"],
         "patterns":[{"name":"remove all","regex":"rm -rf +/"}],
         "violation_message":{"en":"Keep it","zh":"请保留"}},
        {"id":"warn","name":"Say why","level":"MANDATORY","priority":2,"keywords":["somehow","重试"],
         "violation_message":"Say why"},
        {"id":"tell","name":"Note it","level":"ADVISORY","keywords":["hack"],"violation_message":"Note it"}]})");
}

QStringList violationsOf(const QJsonObject& judged)
{
    QStringList list;
    for (const auto& violation : judged["violations"_L1].toArray())
        list.append(violation["principleId"_L1].toString() + u' ' + violation["severity"_L1].toString());
    return list;
}

} // namespace

/// Judging an intent, on a real server.
class TestGate : public ServerTest
{
    Q_OBJECT

private slots:
    void cleanup() { stopServer(); }

    void judged_isAnsweredStoredAndPushed()
    {
        startServer();
        QCOMPARE(m_client->put(principles, rules()).status, 200);
        WsClient session;
        QVERIFY(session.open(m_server->wsUrl()));
        const HttpResponse response = m_client->post(
            check, parseJson(R"({"intent":" 重试 somehow, then rm -rf / now","phase":"EXECUTE","user":" ann ",
                                 "session":"s1","project":"web"})"));
        QVERIFY2(response.status == 201, response.summary().constData());
        const QJsonObject judged = response.data().toObject();
        QCOMPARE(judged["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(judged["user"_L1].toString(), u"ann"_s);
        QCOMPARE(violationsOf(judged), (QStringList{u"stop BLOCK"_s, u"warn WARNING"_s}));
        QVERIFY(judged["duration"_L1].toDouble() > 0);
        QJsonObject judgement = judged["judgement"_L1].toObject();
        const QJsonArray matches = judgement["matches"_L1].toArray();
        QCOMPARE(matches.size(), 3);
        QCOMPARE(
            matches[0].toObject(),
            parseJson(R"({"principleId":"stop","level":"HARD_BLOCK","phases":["EXECUTE"],"kind":"pattern",
                              "rule":"remove all","severity":"BLOCK","confidence":1,"start":18,"length":8,
                              "text":"rm -rf /"})")
                .toObject());
        QCOMPARE(matches[2]["rule"_L1].toString(), u"重试"_s);
        QCOMPARE(matches[2]["start"_L1].toInt(), 1);
        judgement.remove("matches"_L1);
        QCOMPARE(judgement, parseJson(R"({"checkLevel":"standard","phase":"EXECUTE","rulesVersion":1,
                                         "principles":3,"matchesLeftOut":0,"violationsLeftOut":0})")
                                .toObject());

        QJsonObject stored = judged;
        stored.remove("judgement"_L1);
        QCOMPARE(m_client->get(checks).data().toArray(), QJsonArray{stored});
        const auto event = session.waitForType(QLatin1String("gateway:check:completed"));
        QVERIFY(event.has_value());
        QCOMPARE((*event)["data"_L1].toObject(), stored);
    }

    void intent_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QStringList>("violations");
        QTest::newRow("nothing wrong")
            << QByteArray(R"({"intent":"read the file"})") << u"PASS"_s << QStringList();
        QTest::newRow("only advice") << QByteArray(R"({"intent":"a hack"})") << u"PASS"_s
                                     << QStringList{u"tell INFO"_s};
        QTest::newRow("of another phase") << QByteArray(R"({"intent":"rm -rf / somehow","phase":"PLAN"})")
                                          << u"WARNING"_s << QStringList{u"warn WARNING"_s};
        QTest::newRow("of any phase")
            << QByteArray(R"({"intent":"rm -rf /"})") << u"BLOCKED"_s << QStringList{u"stop BLOCK"_s};
    }

    void intent()
    {
        QFETCH(QByteArray, body);
        startServer();
        QCOMPARE(m_client->put(principles, rules()).status, 200);
        const HttpResponse response = m_client->post(check, body);
        QCOMPARE(response.status, 201);
        QTEST(response.data()["status"_L1].toString(), "status");
        QTEST(violationsOf(response.data().toObject()), "violations");
    }

    void checkLevel_comesFromTheSettings_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<QStringList>("violations");
        QTest::newRow("strict") << u"strict"_s << QStringList{u"warn BLOCK"_s, u"tell WARNING"_s};
        QTest::newRow("standard") << u"standard"_s << QStringList{u"warn WARNING"_s, u"tell INFO"_s};
        QTest::newRow("relaxed") << u"relaxed"_s << QStringList{u"warn INFO"_s};
    }

    void checkLevel_comesFromTheSettings()
    {
        QFETCH(QString, level);
        startServer();
        QCOMPARE(m_client->put(settings, QJsonObject{{u"checkLevel"_s, level}}).status, 200);
        QCOMPARE(m_client->put(principles, rules()).status, 200);
        const HttpResponse response = m_client->post(check, parseJson(R"({"intent":"somehow a hack"})"));
        QTEST(violationsOf(response.data().toObject()), "violations");
        QCOMPARE(response.data()["judgement"_L1]["checkLevel"_L1].toString(), level);
    }

    void message_isInTheCallersLanguage()
    {
        startServer();
        QCOMPARE(m_client->put(principles, rules()).status, 200);
        const auto message = [&](const QByteArray& wanted) {
            return m_client->post(check, parseJson(R"({"intent":"rm -rf /"})"), {{"Accept-Language", wanted}})
                .data()["violations"_L1][0]["message"_L1]
                .toString();
        };
        QCOMPARE(message("zh-CN,zh;q=0.9,en;q=0.8"), u"请保留"_s);
        QCOMPARE(message("zh;q=0.1, en-GB"), u"Keep it"_s);
        QCOMPARE(message("de, *"), u"Keep it"_s);
    }

    void builtInRules_holdFromTheStart()
    {
        startServer();
        const HttpResponse response =
            m_client->post(check, parseJson(R"({"intent":"git push --force origin main"})"));
        QCOMPARE(response.data()["status"_L1].toString(), u"WARNING"_s);
        QCOMPARE(response.data()["judgement"_L1]["rulesVersion"_L1].toInt(-1), 0);
    }

    void sameKey_isJudgedOnceAndStoredOnce()
    {
        startServer();
        const QJsonValue body = parseJson(R"({"intent":"x"})");
        const RestClient::Headers key{{"Idempotency-Key", "one"}};
        const HttpResponse first = m_client->post(check, body, key);
        QCOMPARE(m_client->post(check, body, key).data(), first.data());
        QCOMPARE(m_client->get(checks).data().toArray().size(), 1);
    }

    void refused_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const QByteArray& body, const char* error, const char* detail) {
            Scenario scenario;
            scenario.method = "POST";
            scenario.path = check;
            scenario.body = body;
            scenario.status = 400;
            scenario.error = QString::fromLatin1(error);
            scenario.contains = {detail};
            QTest::newRow(name) << scenario;
        };
        row("no intent", "{}", "ERR_1003", "intent: is required");
        row("empty intent", R"({"intent":"  "})", "ERR_1003", "intent: must not be empty");
        row("intent is no text", R"({"intent":5})", "ERR_1004", "intent: must be text");
        row("long intent", R"({"intent":"12345678901"})", "ERR_1005",
            "intent: has 11 characters, at most 10 are allowed");
        row("intent of much white space", R"({"intent":"   1        "})", "ERR_1005",
            "intent: has 12 characters with the white space around it");
        row("unknown phase", R"({"intent":"x","phase":"execute"})", "ERR_1001", "phase: must be one of");
        row("unknown field", R"({"intent":"x","level":"strict"})", "ERR_1001", "level: is not a known field");
        row("list", "[]", "ERR_1004", "must be a JSON object");
    }

    void refused()
    {
        QFETCH(Scenario, scenario);
        startServer({u"--max-intent-length"_s, u"10"_s});
        QCOMPARE(play(*m_client, scenario), QString());
        QCOMPARE(m_client->get(checks).data().toArray().size(), 0);
    }

    void tooSlowToJudge_getsNoVerdictAndNothingIsStored()
    {
        startServer({u"--max-intent-length"_s, u"1000000"_s});
        QCOMPARE(m_client->put(settings, parseJson(R"({"checkTimeoutMs":10})")).status, 200);
        QJsonArray many;
        for (int i = 0; i < 500; ++i)
            many.append(
                QJsonObject{{u"id"_s, QString::number(i)},
                            {u"name"_s, u"n"_s},
                            {u"level"_s, u"MANDATORY"_s},
                            {u"violation_message"_s, u"m"_s},
                            {u"patterns"_s, QJsonArray{QJsonObject{{u"regex"_s, u"[a-z]+[0-9]{3}"_s}}}}});
        QCOMPARE(m_client->put(principles, QJsonObject{{u"principles"_s, many}}).status, 200);
        const auto before = position(*m_client);
        const HttpResponse response =
            m_client->post(check, QJsonObject{{u"intent"_s, u"word "_s.repeated(100000)}});
        QCOMPARE(response.status, 503);
        QCOMPARE(response.error(), u"ERR_5001"_s);
        QVERIFY(response.message().contains(u"10 ms"_s));
        QVERIFY(response.hasHeader("retry-after"));
        QCOMPARE(eventTypesSince(*m_client, before), QStringList());

        QCOMPARE(m_client->put(settings, parseJson(R"({"checkTimeoutMs":5000})")).status, 200);
        const auto patient = position(*m_client);
        QCOMPARE(m_client->post(check, parseJson(R"({"intent":"word"})")).status, 201);
        QCOMPARE(eventTypesSince(*m_client, patient), QStringList{completed});
    }
};

PRISM_TEST(TestGate)

} // namespace tst_gate

#include "tst_gate.moc"
