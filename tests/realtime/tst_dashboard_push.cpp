#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QTest>

namespace tst_dashboard_push {

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

QJsonObject numbers(const QJsonObject& message)
{
    return message["data"_L1]["dashboard"_L1].toObject();
}

qint64 checksIn(const QJsonObject& message)
{
    return numbers(message)["summary"_L1]["totalChecks"_L1].toInteger();
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
        QCOMPARE(numbers(first)["period"_L1].toString(), u"today"_s);
        QCOMPARE(checksIn(first), 0);
        postCheck();
        QTRY_COMPARE(updatesOf(client).size(), 2);
        const QJsonObject second = updatesOf(client).constLast();
        QCOMPARE(checksIn(second), 1);
        QCOMPARE(numbers(second)["seq"_L1].toInteger(), 1);
        QJsonObject asked = m_rest->get("/api/v1/analytics/dashboard?period=today").data().toObject();
        QJsonObject pushed = numbers(second);
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
        QCOMPARE(numbers(updatesOf(week).constLast())["period"_L1].toString(), u"week"_s);
        QCOMPARE(numbers(updatesOf(month).constLast())["period"_L1].toString(), u"month"_s);
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
        QCOMPARE(numbers(updatesOf(client).constLast())["period"_L1].toString(), u"all"_s);
        postCheck();
        QTRY_COMPARE(updatesOf(client).size(), 3);
        QCOMPARE(numbers(updatesOf(client).constLast())["period"_L1].toString(), u"all"_s);
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

    void charts_comeBesideTheNumbersAndWhenTheyChange()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        const QJsonObject view{{u"period"_s, u"week"_s},
                               {u"trends"_s, QJsonArray{u"checks"_s, u"violations"_s}},
                               {u"forecast"_s, QJsonObject{{u"metric"_s, u"checks"_s}, {u"periods"_s, 3}}}};
        client.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, view}});
        QTRY_COMPARE(updatesOf(client).size(), 4);
        QCOMPARE(partsOf(client, 0), QStringList({u"dashboard"_s, u"trend violations"_s, u"trend checks"_s,
                                                  u"forecast checks"_s}));
        postCheck();
        // What a passing check says nothing of is not told.
        QTRY_COMPARE(partsOf(client, 4), QStringList({u"dashboard"_s, u"trend checks"_s}));
        QVERIFY(client.sync().has_value());
        const QJsonObject trend = updatesOf(client).constLast()["data"_L1]["trend"_L1].toObject();
        QJsonObject asked = m_rest->get("/api/v1/analytics/trends/checks?period=week").data().toObject();
        QJsonObject pushed = trend;
        asked.remove(u"generatedAt"_s);
        pushed.remove(u"generatedAt"_s);
        QCOMPARE(pushed, asked);
        QCOMPARE(pushed["points"_L1].toArray().last()["value"_L1].toInt(), 1);
    }

    void views_areSomeAtMost()
    {
        const QStringList periods{u"today"_s, u"week"_s, u"month"_s, u"year"_s, u"all"_s};
        std::vector<std::unique_ptr<WsClient>> clients;
        // Each has a forecast and a dashboard; five dashboards are the same as another's. So this address has
        // the half of all that one may have.
        for (int i = 0; i < 27; ++i) {
            clients.push_back(std::make_unique<WsClient>());
            WsClient& client = *clients.back();
            QVERIFY(client.open(m_server->wsUrl()));
            const QJsonObject forecast{{u"metric"_s, u"checks"_s}, {u"periods"_s, 1 + i / 5}};
            client.send({{u"type"_s, u"dashboard"_s},
                         {u"data"_s, QJsonObject{{u"period"_s, periods[i % 5]}, {u"forecast"_s, forecast}}}});
            QTRY_COMPARE(updatesOf(client).size(), 2);
        }
        WsClient oneMore;
        QVERIFY(oneMore.open(m_server->wsUrl()));
        const QJsonObject trends{{u"period"_s, u"week"_s}, {u"trends"_s, QJsonArray{u"checks"_s}}};
        oneMore.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, trends}});
        QTRY_COMPARE(oneMore.messages().constLast()["type"_L1].toString(), u"error"_s);
        QCOMPARE(oneMore.messages().constLast()["data"_L1]["code"_L1].toString(), u"ERR_5001"_s);
        RawWebSocket elsewhere(m_server->wsPort(), "/ws", {}, QHostAddress(u"127.0.0.2"_s));
        elsewhere.send(1, toBytes(QJsonObject{{u"type"_s, u"dashboard"_s}, {u"data"_s, trends}}));
        QByteArray told;
        for (auto frame = elsewhere.read(); frame && !told.contains("\"trend\""); frame = elsewhere.read())
            told += frame->payload;
        QVERIFY2(told.contains("\"trend\"") && !told.contains("ERR_5001"), told.constData());
        elsewhere.raw().abort();
        // What others look at already costs nothing more, and who goes leaves room.
        oneMore.send(look(u"week"_s));
        QTRY_COMPARE(updatesOf(oneMore).size(), 1);
        clients.pop_back();
        QTRY_VERIFY([&] {
            oneMore.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, trends}});
            return oneMore.sync().has_value() && updatesOf(oneMore).size() >= 3;
        }());
    }

    void view_thatIsNone_isRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("view");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, const char* view, const char* detail) {
            QTest::newRow(name) << QByteArray(view) << QString::fromLatin1(detail);
        };
        row("no period", R"({})", "period: is required");
        row("unknown period", R"({"period":"decade"})", "period: must be one of");
        row("unknown trend", R"({"period":"week","trends":["checks","mood"]})", "trends: must be one of");
        row("trend twice", R"({"period":"week","trends":["checks","checks"]})", "trends: must be one of");
        row("no forecast's metric", R"({"period":"week","forecast":{"periods":3}})", "forecast.metric:");
        row("forecast of what has none", R"({"period":"week","forecast":{"metric":"usage","periods":3}})",
            "forecast.metric: must be one of");
        row("too far ahead", R"({"period":"week","forecast":{"metric":"checks","periods":31}})",
            "forecast.periods:");
        row("unknown field", R"({"period":"week","colour":"red"})", "colour:");
    }

    void view_thatIsNone_isRefusedByName()
    {
        QFETCH(const QByteArray, view);
        QFETCH(const QString, detail);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, parseJson(view)}});
        QTRY_COMPARE(client.messages().constLast()["type"_L1].toString(), u"error"_s);
        const QString details =
            client.messages().constLast()["data"_L1]["details"_L1].toArray().first().toString();
        QVERIFY2(details.startsWith(detail), qPrintable(details));
        QCOMPARE(updatesOf(client).size(), 0);
    }

private:
    /// What was told of, from the one at `first` on.
    static QStringList partsOf(const WsClient& client, qsizetype first)
    {
        QStringList parts;
        for (const QJsonObject& message : updatesOf(client).sliced(first)) {
            const QJsonObject data = message["data"_L1].toObject();
            const QString metric = data.begin().value()["metric"_L1].toString();
            parts.append(metric.isEmpty() ? data.begin().key() : data.begin().key() + u' ' + metric);
        }
        return parts;
    }

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

} // namespace tst_dashboard_push

#include "tst_dashboard_push.moc"
