#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <thread>

namespace tst_settings {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray settings = "/api/v1/settings";
const QByteArray mutes = "/api/v1/alerts/mutes";
const QString updated = u"settings:updated"_s;

QJsonObject defaults()
{
    return parseJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "mainBranches":["main","master","trunk"],
        "alerts":{"violationSpikeEvidence":7,
                  "performanceThresholdMs":1000,"performanceFactor":3,"usageDropShare":0.5,
                  "qualityDropEvidence":4,"gateFailingMinutes":30},
        "mutes":[]})")
        .toObject();
}

QString fromNow(std::chrono::milliseconds distance)
{
    return prism::protocol::toIso(prism::protocol::now() + distance);
}

QByteArray tomorrow()
{
    return toBytes(QJsonObject{{u"until"_s, fromNow(std::chrono::hours(24))}});
}

} // namespace

/// What can be changed while the server runs, on a real server.
class TestSettings : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void freshServer_hasTheDefaults() { QCOMPARE(m_client->get(settings).data().toObject(), defaults()); }

    void put_changesWhatIsGivenAnswersTheWholeAndIsTold()
    {
        WsClient watching;
        QVERIFY(watching.open(m_server->wsUrl()));
        const HttpResponse put =
            m_client->put(settings, parseJson(R"({"retentionDays":90,"alerts":{"performanceFactor":2.5}})"));
        QVERIFY2(put.status == 200, put.summary().constData());
        QJsonObject expected = defaults();
        expected.insert(u"retentionDays"_s, 90);
        QJsonObject alerts = expected[u"alerts"_s].toObject();
        alerts.insert(u"performanceFactor"_s, 2.5);
        expected.insert(u"alerts"_s, alerts);
        QCOMPARE(put.data().toObject(), expected);
        QCOMPARE(m_client->get(settings).data(), put.data());
        const auto event = watching.waitForType("settings:updated"_L1);
        QVERIFY(event);
        QCOMPARE(event->value("data"_L1)["settings"_L1], put.data());
        QVERIFY(event->value("data"_L1)["timestamp"_L1].isString());
    }

    void restart_keepsSettingsAndMutes()
    {
        m_client->put(settings, parseJson(R"({"checkLevel":"strict","checkTimeoutMs":50})"));
        m_client->send("PUT", mutes + "/usage_drop", {{"Content-Type", "application/json"}}, tomorrow());
        const QJsonValue before = m_client->get(settings).data();
        QCOMPARE(before["mutes"_L1].toArray().size(), 1);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(settings).data(), before);
    }

    void refused_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const QByteArray& body, const QString& code,
                            const QByteArrayList& details) {
            QTest::newRow(name) << Scenario{.method = "PUT",
                                            .path = settings,
                                            .body = body,
                                            .status = 400,
                                            .error = code,
                                            .contains = details};
        };
        row("level", R"({"checkLevel":"lax"})", u"ERR_1001"_s, {"checkLevel: must be one of strict"});
        row("level is no text", R"({"checkLevel":1})", u"ERR_1004"_s, {"checkLevel: must be text"});
        row("short timeout", R"({"checkTimeoutMs":9})", u"ERR_1001"_s,
            {"checkTimeoutMs: must be a whole number from 10 to 60000"});
        row("broken timeout", R"({"checkTimeoutMs":10.5})", u"ERR_1001"_s,
            {"checkTimeoutMs: must be a whole number"});
        row("timeout is no number", R"({"checkTimeoutMs":"10"})", u"ERR_1004"_s,
            {"checkTimeoutMs: must be a whole number"});
        row("long retention", R"({"retentionDays":36501})", u"ERR_1001"_s, {"retentionDays: "});
        row("alerts is no object", R"({"alerts":[]})", u"ERR_1004"_s, {"alerts: must be an object"});
        row("all at once", R"({"alerts":{"usageDropShare":1,"performanceFactor":0.5,"spike":1},"x":1})",
            u"ERR_1001"_s,
            {"alerts.usageDropShare: must be from 0.01 to 0.99", "alerts.performanceFactor: must be from 1.2",
             "alerts.spike: is not a known field", "\"x: is not a known field"});
        row("what an older server had", R"({"alerts":{"violationSpikeScore":4}})", u"ERR_1001"_s,
            {"alerts.violationSpikeScore: is not a known field"});
        row("too little evidence", R"({"alerts":{"violationSpikeEvidence":0.9,"qualityDropEvidence":0}})",
            u"ERR_1001"_s,
            {"alerts.violationSpikeEvidence: must be from 1", "alerts.qualityDropEvidence: must be from 1"});
        row("mutes", R"({"mutes":[]})", u"ERR_1001"_s, {"mutes: are changed at /api/v1/alerts/mutes"});
        row("list", "[]", u"ERR_1004"_s, {"must be a JSON object"});
        row("no JSON", "{", u"ERR_1002"_s, {});
    }

    void refused()
    {
        QFETCH(Scenario, scenario);
        QCOMPARE(play(*m_client, scenario), QString());
        QCOMPARE(m_client->get(settings).data().toObject(), defaults());
    }

    /// Each change is merged into what the one before left, so none undoes another's.
    void concurrentPuts_ofDifferentFields_allHold()
    {
        constexpr int rounds = 30;
        const auto put = [&](const QString& field, int offset) {
            RestClient client(m_server->httpUrl());
            for (int i = 1; i <= rounds; ++i)
                client.put(settings, QJsonObject{{u"alerts"_s, QJsonObject{{field, double(offset + i)}}}});
        };
        std::thread one(put, u"performanceFactor"_s, 100);
        std::thread two(put, u"performanceThresholdMs"_s, 200);
        std::thread three(put, u"violationSpikeEvidence"_s, 300);
        for (std::thread* each : {&one, &two, &three})
            each->join();
        const QJsonValue alerts = m_client->get(settings).data()["alerts"_L1];
        QCOMPARE(alerts["performanceFactor"_L1].toInt(), 100 + rounds);
        QCOMPARE(alerts["performanceThresholdMs"_L1].toInt(), 200 + rounds);
        QCOMPARE(alerts["violationSpikeEvidence"_L1].toInt(), 300 + rounds);
        const QJsonArray events = eventsSince(*m_client, 0);
        QCOMPARE(events.size(), 3 * rounds);
        QCOMPARE(events.last()["data"_L1]["settings"_L1], m_client->get(settings).data());
    }

    void sameKey_changesOnce()
    {
        const RestClient::Headers key{{"Idempotency-Key", "k"}};
        m_client->put(settings, parseJson(R"({"retentionDays":1})"), key);
        m_client->put(settings, parseJson(R"({"retentionDays":2})"));
        QCOMPARE(m_client->put(settings, parseJson(R"({"retentionDays":1})"), key).status, 200);
        QCOMPARE(m_client->get(settings).data()["retentionDays"_L1].toInt(), 2);
    }

    void retention_removesChecksAndNotWhatTheyCounted()
    {
        constexpr std::chrono::minutes withinAQuarter(7);
        const auto quarter = std::chrono::floor<std::chrono::hours>(prism::protocol::now()) -
                             std::chrono::days(3) + std::chrono::minutes(15);
        const QByteArray at = prism::protocol::toIso(quarter + withinAQuarter).toLatin1();
        const QByteArray checks = "/api/v1/gateway/checks";
        const QByteArray dashboard = "/api/v1/analytics/dashboard?period=all";
        const auto totalOf = [](const HttpResponse& numbers) {
            return numbers.data()["summary"_L1]["totalChecks"_L1].toInt(-1);
        };
        const QJsonObject old{{u"id"_s, u"old"_s},
                              {u"status"_s, u"PASS"_s},
                              {u"duration"_s, 1},
                              {u"timestamp"_s, QString::fromLatin1(at)}};
        QCOMPARE(m_client->post(checks, QJsonValue(old)).status, 201);
        QCOMPARE(m_client->get(checks + "/old").status, 200);
        QVERIFY(m_client->get(dashboard + "&at=" + at).data()["approximate"_L1].isUndefined());
        QCOMPARE(m_client->put(settings, parseJson(R"({"retentionDays":1})")).status, 200);
        QTRY_COMPARE(m_client->get(checks + "/old").status, 404);
        QCOMPARE(totalOf(m_client->get(dashboard)), 1);
        QCOMPARE(m_client->get(dashboard + "&at=" + at).data()["approximate"_L1], QJsonValue(true));

        const auto before = position(*m_client);
        const HttpResponse again = m_client->post(checks, QJsonValue(old));
        QVERIFY2(again.status == 200, again.summary().constData());
        QCOMPARE(again.data()["id"_L1].toString(), u"old"_s);
        const HttpResponse listed = m_client->post(checks, QJsonValue(QJsonArray{old}));
        QCOMPARE(listed.data()["skipped"_L1].toInt(), 1);
        QCOMPARE(eventTypesSince(*m_client, before), QStringList());
        QCOMPARE(totalOf(m_client->get(dashboard)), 1);
    }

    void mute_isListedToldAndEnded()
    {
        const QString until = fromNow(std::chrono::hours(1));
        const HttpResponse muted = m_client->put(mutes + "/quality_drop", QJsonObject{{u"until"_s, until}});
        QVERIFY2(muted.status == 200, muted.summary().constData());
        const QJsonObject mute{{u"kind"_s, u"quality_drop"_s}, {u"until"_s, until}};
        QCOMPARE(muted.data().toObject(), mute);
        QCOMPARE(m_client->get(mutes).data().toArray(), QJsonArray{mute});
        QCOMPARE(m_client->get(settings).data()["mutes"_L1].toArray(), QJsonArray{mute});
        QCOMPARE(m_client->put(mutes + "/violation_spike", QJsonObject{{u"until"_s, until}}).status, 200);
        QCOMPARE(m_client->get(mutes).data()[0]["kind"_L1].toString(), u"violation_spike"_s);
        QCOMPARE(m_client->remove(mutes + "/violation_spike").status, 200);
        QCOMPARE(m_client->remove(mutes + "/violation_spike").status, 404);
        QCOMPARE(m_client->get(mutes).data().toArray(), QJsonArray{mute});
        QCOMPARE(eventTypesSince(*m_client, 0), (QStringList{updated, updated, updated}));
    }

    void mute_endsByItself()
    {
        const QString soon = fromNow(std::chrono::milliseconds(300));
        QCOMPARE(m_client->put(mutes + "/usage_drop", QJsonObject{{u"until"_s, soon}}).status, 200);
        QTRY_COMPARE(m_client->get(mutes).data().toArray(), QJsonArray());
    }

    void refusedMutes_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const QByteArray& kind, const QByteArray& body, int status,
                            const QString& code) {
            QTest::newRow(name) << Scenario{
                .method = "PUT", .path = mutes + kind, .body = body, .status = status, .error = code};
        };
        row("unknown kind", "/boredom", tomorrow(), 404, u"ERR_3001"_s);
        row("no end", "/usage_drop", "{}", 400, u"ERR_1003"_s);
        row("past", "/usage_drop", R"({"until":"2020-01-01T00:00:00Z"})", 400, u"ERR_1001"_s);
        row("no time", "/usage_drop", R"({"until":"later"})", 400, u"ERR_1004"_s);
        row("unknown field", "/usage_drop", tomorrow().chopped(1) + R"(,"by":"ana"})", 400, u"ERR_1001"_s);
    }

    void refusedMutes()
    {
        QFETCH(Scenario, scenario);
        QCOMPARE(play(*m_client, scenario), QString());
        QCOMPARE(m_client->get(mutes).data().toArray(), QJsonArray());
    }
};

PRISM_TEST(TestSettings)

} // namespace tst_settings

#include "tst_settings.moc"
