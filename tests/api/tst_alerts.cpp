#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <cmath>

namespace tst_alerts {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Timestamp;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray anomalies = "/api/v1/analytics/anomalies";
const QByteArray mutes = "/api/v1/alerts/mutes";

QJsonObject checkAt(Timestamp time, int violations, double duration = 5)
{
    QJsonArray list;
    for (int i = 0; i < violations; ++i)
        list.append(QJsonObject{{u"principleId"_s, u"p"_s}, {u"severity"_s, u"WARNING"_s}});
    return {{u"status"_s, violations > 0 ? u"WARNING"_s : u"PASS"_s},
            {u"duration"_s, duration},
            {u"timestamp"_s, prism::protocol::toIso(time)},
            {u"violations"_s, list}};
}

/// One by whose clocks the hour has ten minutes left or more, so that no test runs from one into the next.
QString zoneOfTheHour()
{
    const int minute = QDateTime::currentDateTimeUtc().time().minute();
    return minute < 50 ? u"UTC"_s : u"Asia/Kolkata"_s; // half an hour apart
}

/// What is usual: twelve hours of twenty quick checks each, ten days ago, with 0.05 violations a check.
QJsonArray quietHours()
{
    QJsonArray list;
    for (int i = 0; i < 240; ++i)
        list.append(checkAt(prism::protocol::now() - std::chrono::days(10) - std::chrono::hours(i % 12),
                            i < 12 ? 1 : 0));
    return list;
}

/// Checks of this moment, all in one request.
QJsonArray burst(int count, int violations, double duration = 5)
{
    QJsonArray list;
    for (int i = 0; i < count; ++i)
        list.append(checkAt(prism::protocol::now(), violations, duration));
    return list;
}

QJsonArray slowOnes()
{
    return burst(12, 0, 5'000);
}

} // namespace

/// Alerts from the check that causes them to the one who acknowledges them, on a real server. The hour may
/// end while a test runs: then the burst is judged when the hour is over, which these tests do not tell
/// apart.
class TestAlerts : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer({u"--timezone"_s, zoneOfTheHour()}); }

    void cleanup() { stopServer(); }

    void spike_isPushedOnceWithinTwoSecondsAndKept()
    {
        QCOMPARE(m_client->post(checks + "?imported=true", quietHours()).status, 201);
        WsClient watching;
        QVERIFY(watching.open(m_server->wsUrl()));
        QCOMPARE(m_client->post(checks, burst(3, 20)).status, 201);
        const auto event = watching.waitForType("alert"_L1, 2'000);
        QVERIFY(event);
        const QJsonObject alert = event->value("data"_L1).toObject();
        QCOMPARE(alert["kind"_L1].toString(), u"violation_spike"_s);
        QCOMPARE(alert["metric"_L1].toString(), u"violations"_s);
        QCOMPARE(alert["severity"_L1].toString(), u"high"_s);
        QCOMPARE(alert["state"_L1].toString(), u"open"_s);
        QCOMPARE(alert["value"_L1].toDouble(), 30.0); // at most ten of a check
        QCOMPARE(alert["checks"_L1].toInt(), 3);
        QVERIFY(std::abs(alert["expected"_L1].toDouble() - 0.15) < 1e-9);
        QVERIFY(alert["message"_L1].toString().startsWith("30 violations in 3 checks since 2"_L1));
        QVERIFY(alert["id"_L1].toString().startsWith("violation_spike-violations-"_L1));

        // An alert of another kind shows that the further violations have been judged too.
        QCOMPARE(m_client->post(checks, burst(1, 20)).status, 201);
        QCOMPARE(m_client->post(checks, slowOnes()).status, 201);
        QTRY_COMPARE(watching.types().count("alert"_L1), 2);
        QCOMPARE(watching.events().last()["data"_L1]["kind"_L1].toString(), u"performance_degradation"_s);

        const auto list = [&] { return m_client->get(anomalies + "?kind=violation_spike").data().toArray(); };
        QTRY_COMPARE(list().first()["value"_L1].toDouble(), 40.0); // it follows, untold
        QCOMPARE(list().size(), 1);
        QCOMPARE(m_client->get(anomalies + "?limit=1").data()[0]["kind"_L1].toString(),
                 u"performance_degradation"_s);
        const QJsonArray shown =
            m_client->get("/api/v1/analytics/dashboard?period=today").data()["alerts"_L1].toArray();
        QCOMPARE(shown.size(), 2);
        QCOMPARE(shown.last()["id"_L1], alert["id"_L1]);

        const HttpResponse seen =
            m_client->post(anomalies + '/' + alert["id"_L1].toString().toLatin1() + "/ack", QByteArray());
        QCOMPARE(seen.status, 200);
        QVERIFY(seen.data()["acknowledgedBy"_L1].isUndefined());
        QVERIFY(seen.data()["acknowledgedAt"_L1].isString());
    }

    void graverAlert_isOpenAgain()
    {
        QCOMPARE(m_client->post(checks + "?imported=true", quietHours()).status, 201);
        QCOMPARE(m_client->post(checks, burst(2, 10)).status, 201);
        QTRY_COMPARE(kinds(), QStringList{u"violation_spike"_s});
        const QByteArray id = m_client->get(anomalies).data()[0]["id"_L1].toString().toLatin1();
        QCOMPARE(m_client->get(anomalies).data()[0]["severity"_L1].toString(), u"medium"_s);
        const HttpResponse seen = m_client->post(anomalies + '/' + id + "/ack", QByteArray());
        QCOMPARE(seen.data()["state"_L1].toString(), u"acknowledged"_s);
        WsClient watching;
        QVERIFY(watching.open(m_server->wsUrl()));
        QCOMPARE(m_client->post(checks, burst(2, 10)).status, 201);
        const auto event = watching.waitForType("alert"_L1);
        QVERIFY(event);
        QCOMPARE(event->value("data"_L1)["id"_L1].toString().toLatin1(), id);
        QCOMPARE(event->value("data"_L1)["severity"_L1].toString(), u"high"_s);
        QCOMPARE(event->value("data"_L1)["state"_L1].toString(), u"open"_s);
        QVERIFY(event->value("data"_L1)["acknowledgedAt"_L1].isUndefined());
        QCOMPARE(m_client->get(anomalies + "?state=open").data().toArray().size(), 1);
        QCOMPARE(m_client->get(anomalies + "?state=acknowledged").data().toArray().size(), 0);
    }

    void importedAndLateData_raiseNothing()
    {
        QCOMPARE(m_client->post(checks + "?imported=true", quietHours()).status, 201);
        QCOMPARE(m_client->post(checks + "?imported=true", burst(50, 10)).status, 201);
        const Timestamp earlier = prism::protocol::now() - std::chrono::hours(3);
        QJsonArray late;
        for (int i = 0; i < 50; ++i)
            late.append(checkAt(earlier, 10, 9'000));
        QCOMPARE(m_client->post(checks, late).status, 201);
        // This alert shows that all has been judged.
        QCOMPARE(m_client->post(checks, slowOnes()).status, 201);
        QTRY_COMPARE(kinds(), QStringList{u"performance_degradation"_s});
        QCOMPARE(m_client->get(anomalies).data()[0]["value"_L1].toDouble(), 12.0);
    }

    void acknowledging_reachesAnotherClientAndStays()
    {
        const QByteArray id = raise();
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        const HttpResponse acknowledged =
            m_client->post(anomalies + '/' + id + "/ack", parseJson(R"({"by":"ana"})"));
        QVERIFY2(acknowledged.status == 200, acknowledged.summary().constData());
        QVERIFY2(acknowledged.message().contains(u"acknowledged"_s), acknowledged.summary().constData());
        QCOMPARE(acknowledged.data()["acknowledgedBy"_L1].toString(), u"ana"_s);
        const auto event = other.waitForType("alert:acknowledged"_L1);
        QVERIFY(event);
        const QJsonObject data = event->value("data"_L1).toObject();
        QCOMPARE(data["id"_L1].toString(), QString::fromLatin1(id));
        QCOMPARE(data["by"_L1].toString(), u"ana"_s);
        QCOMPARE(data["alert"_L1], acknowledged.data());
        QCOMPARE(data["timestamp"_L1], acknowledged.data()["acknowledgedAt"_L1]);

        const auto before = position(*m_client);
        QCOMPARE(m_client->post(anomalies + '/' + id + "/ack", parseJson(R"({"by":"bob"})")).data(),
                 acknowledged.data());
        QCOMPARE(eventTypesSince(*m_client, before), QStringList());
        QCOMPARE(m_client->get(anomalies + "?acknowledged=true").data()[0], acknowledged.data());
        QCOMPARE(m_client->get(anomalies + "?acknowledged=false").data().toArray(), QJsonArray());
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(anomalies).data().toArray(), QJsonArray{acknowledged.data()});
    }

    void mutedKind_isSilentAndAnotherIsNot()
    {
        const QString until = prism::protocol::toIso(prism::protocol::now() + std::chrono::hours(1));
        QCOMPARE(m_client->put(mutes + "/violation_spike", QJsonObject{{u"until"_s, until}}).status, 200);
        QCOMPARE(m_client->post(checks + "?imported=true", quietHours()).status, 201);
        QCOMPARE(m_client->post(checks, burst(3, 10)).status, 201);
        QCOMPARE(m_client->post(checks, slowOnes()).status, 201);
        QTRY_COMPARE(kinds(), QStringList{u"performance_degradation"_s});
        QCOMPARE(m_client->remove(mutes + "/violation_spike").status, 200);
        QTRY_COMPARE(kinds(), (QStringList{u"violation_spike"_s, u"performance_degradation"_s}));
    }

    /// A limit that is lowered holds for what is there already.
    void changedThreshold_holdsAtOnce()
    {
        QCOMPARE(m_client->post(checks + "?imported=true", quietHours()).status, 201);
        QCOMPARE(m_client->put("/api/v1/settings", parseJson(R"({"alerts":{"violationSpikeEvidence":50}})"))
                     .status,
                 200);
        QCOMPARE(m_client->post(checks, burst(2, 10)).status, 201);
        QCOMPARE(m_client->post(checks, slowOnes()).status, 201);
        QTRY_COMPARE(kinds(), QStringList{u"performance_degradation"_s});
        QCOMPARE(
            m_client->put("/api/v1/settings", parseJson(R"({"alerts":{"violationSpikeEvidence":5}})")).status,
            200);
        QTRY_COMPARE(kinds(), (QStringList{u"violation_spike"_s, u"performance_degradation"_s}));
    }

    void refused_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const Scenario& scenario) { QTest::newRow(name) << scenario; };
        row("kind", {.path = anomalies + "?kind=boredom",
                     .status = 400,
                     .error = u"ERR_1001"_s,
                     .contains = {"kind: must be one of violation_spike"}});
        row("severity", {.path = anomalies + "?severity=HIGH", .status = 400, .error = u"ERR_1001"_s});
        row("state", {.path = anomalies + "?state=asleep",
                      .status = 400,
                      .error = u"ERR_1001"_s,
                      .contains = {"state: must be one of open, acknowledged, resolved"}});
        row("acknowledged", {.path = anomalies + "?acknowledged=1",
                             .status = 400,
                             .error = u"ERR_1001"_s,
                             .contains = {"acknowledged: must be one of true, false"}});
        row("cursor", {.path = anomalies + "?cursor=x", .status = 400, .error = u"ERR_1004"_s});
        row("from", {.path = anomalies + "?from=now", .status = 400, .error = u"ERR_1004"_s});
        row("limit", {.path = anomalies + "?limit=0", .status = 400, .error = u"ERR_1001"_s});
        row("no such alert",
            {.method = "POST", .path = anomalies + "/x/ack", .status = 404, .error = u"ERR_3001"_s});
        row("long name", {.method = "POST",
                          .path = anomalies + "/x/ack",
                          .body = "{\"by\":\"" + QByteArray(101, 'a') + "\"}",
                          .status = 400,
                          .error = u"ERR_1005"_s});
        row("unknown field", {.method = "POST",
                              .path = anomalies + "/x/ack",
                              .body = R"({"who":"ana"})",
                              .status = 400,
                              .error = u"ERR_1001"_s});
        row("list", {.method = "POST",
                     .path = anomalies + "/x/ack",
                     .body = "[]",
                     .status = 400,
                     .error = u"ERR_1004"_s});
    }

    void refused()
    {
        QFETCH(Scenario, scenario);
        QCOMPARE(play(*m_client, scenario), QString());
    }

private:
    /// Of the alerts there are, newest first.
    QStringList kinds()
    {
        QStringList kinds;
        for (const auto& alert : m_client->get(anomalies).data().toArray())
            kinds.append(alert["kind"_L1].toString());
        return kinds;
    }

    /// The id of an alert.
    QByteArray raise()
    {
        m_client->post(checks + "?imported=true", quietHours());
        m_client->post(checks, slowOnes());
        QByteArray id;
        (void)QTest::qWaitFor([&] {
            id = m_client->get(anomalies).data()[0]["id"_L1].toString().toLatin1();
            return !id.isEmpty();
        });
        return id;
    }
};

PRISM_TEST(TestAlerts)

} // namespace tst_alerts

#include "tst_alerts.moc"
