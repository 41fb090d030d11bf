#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_answer_shapes {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";
const QByteArray compare = analytics + "/compare?baselinePeriod=month&currentPeriod=week&metrics=";
const QByteArray report = analytics + "/reports/custom?period=month";

QStringList keysOf(const QJsonValue& object)
{
    return object.toObject().keys();
}

} // namespace

/// Where clients find what an answer says: names, and the shapes of lists.
class TestAnswerShapes : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void health_saysItsStatusAtTheTopToo()
    {
        const HttpResponse response = m_client->get("/health");
        QCOMPARE(response.json()["status"_L1].toString(), u"ok"_s);
        QCOMPARE(response.data()["status"_L1].toString(), u"ok"_s);
        QCOMPARE(keysOf(response.json()), (QStringList{u"data"_s, u"meta"_s, u"status"_s, u"success"_s}));
    }

    void deed_isToldAtTheTop_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QStringList>("data");
        const QByteArray mute = "/api/v1/alerts/mutes/usage_drop";
        QTest::newRow("a record is deleted") << "DELETE"_ba << analytics + "/records/"
                                             << ""_ba << u"deleted"_s << QStringList{u"id"_s};
        QTest::newRow("the cache is cleared") << "DELETE"_ba << analytics + "/cache"
                                              << ""_ba << u"cleared"_s << QStringList{u"cleared"_s};
        QTest::newRow("alerts are muted") << "PUT"_ba << mute << R"({"until":"2999-01-01T00:00:00Z"})"_ba
                                          << u"muted"_s << QStringList{u"kind"_s, u"until"_s};
        QTest::newRow("a mute is ended") << "DELETE"_ba << mute << ""_ba << u"ended"_s << QStringList();
    }

    void deed_isToldAtTheTop()
    {
        QFETCH(const QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, word);
        QFETCH(const QStringList, data);
        if (path.endsWith('/'))
            path += m_client->post(path.chopped(1), parseJson(R"({"type":"custom","name":"r"})"))
                        .data()["id"_L1]
                        .toString()
                        .toLatin1();
        else if (body.isEmpty())
            m_client->put(path, parseJson(R"({"until":"2999-01-01T00:00:00Z"})"));
        const RestClient::Headers key{{"Idempotency-Key", "once"}, {"Content-Type", "application/json"}};
        for (int time = 0; time < 2; ++time) { // the second is told from what is remembered
            const HttpResponse response = m_client->send(method, path, key, body);
            QVERIFY2(response.status == 200, response.summary().constData());
            QVERIFY2(response.message().contains(word), response.summary().constData());
            QCOMPARE(keysOf(response.data()), data);
        }
    }

    void comparison_hasAllGroups_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QStringList>("usage");
        QTest::addColumn<QStringList>("quality");
        QTest::addColumn<QStringList>("performance");
        const auto row = [](const char* asked, const QStringList& usage, const QStringList& quality,
                            const QStringList& performance) {
            QTest::newRow(asked) << QByteArray(asked) << usage << quality << performance;
        };
        const QStringList wholeQuality{u"falsePositiveRate"_s, u"patternMatchAccuracy"_s, u"violationRate"_s,
                                       u"violations"_s};
        row("violations", {}, {u"violations"_s}, {});
        row("checks", {u"checks"_s}, {}, {});
        row("retros", {u"retros"_s}, {}, {});
        row("totalChecks", {u"totalChecks"_s}, {}, {});
        row("checks,totalChecks", {u"checks"_s, u"totalChecks"_s}, {}, {});
        row("quality", {}, wholeQuality, {});
        row("usage,checks",
            {u"activeSessions"_s, u"activeUsers"_s, u"avgDuration"_s, u"checks"_s, u"dailyActiveUsers"_s,
             u"successRate"_s, u"totalChecks"_s, u"totalRetrospectives"_s},
            {}, {});
        row("violations,quality", {}, wholeQuality, {});
        row("checks,p95CheckTime", {u"checks"_s}, {}, {u"p95CheckTime"_s});
        row("checks&metrics=violations", {u"checks"_s}, {u"violations"_s}, {});
    }

    void comparison_hasAllGroups()
    {
        QFETCH(const QByteArray, asked);
        QVERIFY(postChecks());
        const HttpResponse response = m_client->get(compare + asked);
        QVERIFY2(response.status == 200, response.summary().constData());
        const QJsonValue metrics = response.data()["metrics"_L1];
        QCOMPARE(keysOf(metrics), (QStringList{u"performance"_s, u"quality"_s, u"usage"_s}));
        QTEST(keysOf(metrics["usage"_L1]), "usage");
        QTEST(keysOf(metrics["quality"_L1]), "quality");
        QTEST(keysOf(metrics["performance"_L1]), "performance");
    }

    void comparison_countsANumberOnce_underWhicheverNames()
    {
        QVERIFY(postChecks(2, 40)); // in the month, not in the week
        QVERIFY(
            m_client->post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})")).status ==
            201);
        const QJsonValue data = m_client
                                    ->get(analytics + "/compare?baselinePeriod=today&currentPeriod=year"
                                                      "&metrics=checks,totalChecks")
                                    .data();
        QCOMPARE(data["summary"_L1]["totalChanges"_L1].toInt(), 1);
        QCOMPARE(data["metrics"_L1]["usage"_L1]["checks"_L1],
                 data["metrics"_L1]["usage"_L1]["totalChecks"_L1]);
    }

    void report_knowsChecksAndRetros_byTheNamesAskedFor()
    {
        QVERIFY(postChecks());
        QVERIFY(m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status ==
                201);
        const QJsonValue rows =
            m_client->get(report + "&dimensions=user&metrics=checks,retros,totalChecks").data()["rows"_L1];
        QCOMPARE(rows.toArray().size(), 1);
        QCOMPARE(
            rows[0].toObject(),
            (QJsonObject{
                {u"user"_s, QJsonValue::Null}, {u"checks"_s, 3}, {u"retros"_s, 1}, {u"totalChecks"_s, 3}}));
    }

    void report_byPattern_saysWhichMatched_data()
    {
        QTest::addColumn<QByteArray>("intent");
        QTest::addColumn<QJsonValue>("pattern");
        QTest::newRow("a pattern with a name") << "first named second"_ba << QJsonValue(u"The name"_s);
        QTest::newRow("a pattern without one") << "so it is bare9"_ba << QJsonValue(u"bare[0-9]"_s);
        QTest::newRow("a keyword before a pattern") << "word then named"_ba << QJsonValue(u"The name"_s);
        QTest::newRow("a keyword alone") << "only a word"_ba << QJsonValue(QJsonValue::Null);
        QTest::newRow("nothing") << "all is well"_ba << QJsonValue(QJsonValue::Null);
    }

    void report_byPattern_saysWhichMatched()
    {
        QFETCH(const QByteArray, intent);
        QFETCH(const QJsonValue, pattern);
        QCOMPARE(m_client
                     ->put("/api/v1/gateway/principles", parseJson(R"({"principles":[
                               {"id":"p","name":"P","level":"MANDATORY","violation_message":"m",
                                "keywords":["word"],
                                "patterns":[{"name":"The name","regex":"named"},{"regex":"bare[0-9]"}]}]})"))
                     .status,
                 200);
        const HttpResponse judged =
            m_client->post("/api/v1/gateway/check", fill(R"({"intent":"%1"})", intent));
        QCOMPARE(judged.status, 201);
        const QByteArray byPattern = report + "&dimensions=pattern&metrics=checks,violations";
        QCOMPARE(m_client->get(byPattern).data()["rows"_L1][0]["pattern"_L1], pattern);
        if (!pattern.isString())
            return;
        QCOMPARE(judged.data()["violations"_L1][0]["pattern"_L1], pattern);
        // It is kept with the check, and comes back with it.
        m_server->restart();
        RestClient again(m_server->httpUrl());
        const QJsonValue kept =
            again.get("/api/v1/gateway/checks/" + judged.data()["id"_L1].toString().toLatin1()).data();
        QCOMPARE(kept["violations"_L1][0]["pattern"_L1], pattern);
        const QByteArray filter =
            "&filters=%7B%22pattern%22:%22" + pattern.toString().toUtf8().toPercentEncoding() + "%22%7D";
        QCOMPARE(again.get(byPattern + filter).data()["rows"_L1][0]["violations"_L1].toInt(), 1);
        QCOMPARE(
            again.get(byPattern + "&filters=%7B%22pattern%22:%22other%22%7D").data()["rows"_L1].toArray(),
            QJsonArray());
    }

    void smoothed_isAValueForEachTime_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QStringList>("steps");
        QTest::newRow("dashboard") << analytics + "/dashboard" << QStringList{u"trends"_s, u"violations"_s};
        QTest::newRow("export") << analytics + "/export?format=json"
                                << QStringList{u"metrics"_s, u"trends"_s, u"violations"_s};
        for (const char* metric : {"violations", "checks", "retros", "quality", "usage", "performance",
                                   "avgCheckTime", "patterns", "traps"})
            QTest::newRow(metric) << analytics + "/trends/" + metric + "?period=week" << QStringList();
    }

    void smoothed_isAValueForEachTime()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QStringList, steps);
        QVERIFY(postChecks());
        QJsonValue trend = m_client->get(path).data();
        for (const QString& step : steps)
            trend = trend[step];
        const QJsonArray points = trend["points"_L1].toArray();
        const QJsonArray smoothed = trend["smoothed"_L1].toArray();
        QCOMPARE(points.size(), 7);
        QCOMPARE(smoothed.size(), points.size());
        for (qsizetype i = 0; i < points.size(); ++i) {
            QCOMPARE(keysOf(points[i]), (QStringList{u"partial"_s, u"start"_s, u"value"_s}));
            QCOMPARE(points[i]["partial"_L1], QJsonValue(i == points.size() - 1));
            QCOMPARE(keysOf(smoothed[i]), (QStringList{u"timestamp"_s, u"value"_s}));
            QCOMPARE(smoothed[i]["timestamp"_L1], points[i]["start"_L1]);
        }
        const QJsonValue last = smoothed.last()["value"_L1];
        QVERIFY(last.isDouble() || trend["metric"_L1] == u"quality"_s);
    }

    void list_saysHowManyThereAre_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("total");
        QTest::newRow("mutes") << "/api/v1/alerts/mutes"_ba << 0;
        QTest::newRow("versions of the rules") << "/api/v1/gateway/principles/versions"_ba << 1;
        QTest::newRow("records") << analytics + "/records" << 0;
    }

    void list_saysHowManyThereAre()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const int, total);
        const HttpResponse response = m_client->get(path);
        const QJsonValue pagination = response.meta()["pagination"_L1];
        QVERIFY(response.data().isArray());
        QCOMPARE(keysOf(pagination), (QStringList{u"limit"_s, u"page"_s, u"total"_s, u"totalPages"_s}));
        QCOMPARE(pagination["total"_L1].toInt(-1), total);
        QCOMPARE(pagination["totalPages"_L1].toInt(-1), total);
        QCOMPARE(pagination["page"_L1].toInt(), 1);
    }

private:
    bool postChecks(int count = 3, int daysAgo = 0)
    {
        QJsonArray checks;
        for (int i = 0; i < count; ++i)
            checks.append(QJsonObject{
                {u"status"_s, u"WARNING"_s},
                {u"duration"_s, 5 + i},
                {u"timestamp"_s,
                 QDateTime::currentDateTimeUtc().addDays(-daysAgo).toString(Qt::ISODateWithMs)},
                {u"violations"_s,
                 QJsonArray{QJsonObject{{u"principleId"_s, u"P"_s}, {u"severity"_s, u"WARNING"_s}}}}});
        return m_client->post("/api/v1/gateway/checks", checks).status == 201;
    }
};

PRISM_TEST(TestAnswerShapes)

} // namespace tst_answer_shapes

#include "tst_answer_shapes.moc"
