#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QTest>

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto update = "analytics:update"_L1;

QList<QJsonObject> updatesOf(const WsClient& client)
{
    QList<QJsonObject> updates;
    for (const QJsonObject& message : client.messages()) {
        if (message["type"_L1] == update)
            updates.append(message);
    }
    return updates;
}

qint64 checksIn(const QJsonObject& message)
{
    return message["data"_L1]["summary"_L1]["totalChecks"_L1].toInteger();
}

QJsonObject look(const QJsonValue& period)
{
    return {{u"type"_s, u"dashboard"_s}, {u"data"_s, QJsonObject{{u"period"_s, period}}}};
}

} // namespace

/// analytics:update, for those who look at a dashboard.
class TestDashboardPush : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY(m_server->start());
        m_rest = std::make_unique<RestClient>(m_server->httpUrl());
    }

    void cleanup()
    {
        m_rest.reset();
        m_server.reset();
    }

    void dashboard_comesAtOnceAndAfterEachChange()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(look(u"today"_s));
        QTRY_COMPARE(updatesOf(client).size(), 1);
        const QJsonObject first = updatesOf(client).constFirst();
        QVERIFY(!first.contains("seq"_L1));
        QCOMPARE(first["data"_L1]["period"_L1].toString(), u"today"_s);
        QCOMPARE(checksIn(first), 0);
        postCheck();
        QTRY_COMPARE(updatesOf(client).size(), 2);
        const QJsonObject second = updatesOf(client).constLast();
        QCOMPARE(checksIn(second), 1);
        QCOMPARE(second["data"_L1]["seq"_L1].toInteger(), 1);
        QJsonObject asked = m_rest->get("/api/v1/analytics/dashboard?period=today").data().toObject();
        QJsonObject pushed = second["data"_L1].toObject();
        asked.remove(u"generatedAt"_s);
        pushed.remove(u"generatedAt"_s);
        QCOMPARE(pushed, asked);
    }

    void dashboard_comesToThoseWhoLookAtItsPeriod()
    {
        WsClient week;
        WsClient month;
        WsClient nobody;
        QVERIFY(week.open(m_server->wsUrl()) && month.open(m_server->wsUrl()) &&
                nobody.open(m_server->wsUrl()));
        week.send(look(u"week"_s));
        month.send(look(u"month"_s));
        QTRY_VERIFY(updatesOf(week).size() == 1 && updatesOf(month).size() == 1);
        postCheck();
        QTRY_VERIFY(updatesOf(week).size() == 2 && updatesOf(month).size() == 2);
        QCOMPARE(updatesOf(week).constLast()["data"_L1]["period"_L1].toString(), u"week"_s);
        QCOMPARE(updatesOf(month).constLast()["data"_L1]["period"_L1].toString(), u"month"_s);
        QVERIFY(nobody.sync().has_value());
        QCOMPARE(updatesOf(nobody).size(), 0);
    }

    void dashboard_isTheSameForAllWhoLook()
    {
        WsClient one;
        WsClient other;
        QVERIFY(one.open(m_server->wsUrl()) && other.open(m_server->wsUrl()));
        one.send(look(u"week"_s));
        QTRY_COMPARE(updatesOf(one).size(), 1);
        other.send(look(u"week"_s));
        QTRY_COMPARE(updatesOf(other).size(), 1);
        postCheck();
        QTRY_VERIFY(updatesOf(one).size() == 2 && updatesOf(other).size() == 2);
        QCOMPARE(updatesOf(one).constLast(), updatesOf(other).constLast());
        // One for each of the two states that there were, whoever looked.
        QCOMPARE(m_rest->get("/api/v1/analytics/cache/stats").data()["misses"_L1].toInt(), 2);
    }

    void dashboard_ofNull_stops()
    {
        WsClient client;
        WsClient witness;
        QVERIFY(client.open(m_server->wsUrl()) && witness.open(m_server->wsUrl()));
        client.send(look(u"week"_s));
        witness.send(look(u"week"_s));
        QTRY_VERIFY(updatesOf(client).size() == 1 && updatesOf(witness).size() == 1);
        client.send(look(QJsonValue::Null));
        QVERIFY(client.sync().has_value());
        postCheck();
        QTRY_COMPARE(updatesOf(witness).size(), 2);
        QVERIFY(client.sync().has_value());
        QCOMPARE(updatesOf(client).size(), 1);
    }

    void dashboard_ofAnotherPeriod_replacesTheFirst()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(look(u"week"_s));
        QTRY_COMPARE(updatesOf(client).size(), 1);
        client.send(look(u"all"_s));
        QTRY_COMPARE(updatesOf(client).size(), 2);
        QCOMPARE(updatesOf(client).constLast()["data"_L1]["period"_L1].toString(), u"all"_s);
        postCheck();
        QTRY_COMPARE(updatesOf(client).size(), 3);
        QCOMPARE(updatesOf(client).constLast()["data"_L1]["period"_L1].toString(), u"all"_s);
    }

    void dashboard_ofAFlood_comesAtMostTwentyTimesASecondAndEndsWithTheNewest()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(look(u"today"_s));
        QTRY_COMPARE(updatesOf(client).size(), 1);
        QElapsedTimer clock;
        clock.start();
        qint64 posted = 0;
        while (clock.elapsed() < 1000) {
            postCheck();
            ++posted;
        }
        QTRY_COMPARE(checksIn(updatesOf(client).constLast()), posted);
        const double seconds = double(clock.elapsed()) / 1000;
        QVERIFY(posted > 40);
        QVERIFY2(double(updatesOf(client).size()) <= 20 * seconds + 2,
                 qPrintable(QString::number(updatesOf(client).size())));
        QVERIFY(updatesOf(client).size() > 3);
        qint64 last = -1;
        for (const QJsonObject& each : updatesOf(client)) {
            QVERIFY(checksIn(each) > last);
            last = checksIn(each);
        }
    }

private:
    void postCheck()
    {
        QCOMPARE(
            m_rest->post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})")).status,
            201);
    }

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RestClient> m_rest;
};

PRISM_TEST(TestDashboardPush)
#include "tst_dashboard_push.moc"
