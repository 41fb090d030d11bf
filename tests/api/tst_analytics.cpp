#include "tests/api/analytics_oracle.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QTest>

namespace tst_analytics {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";
const QStringList periods{u"today"_s, u"week"_s, u"month"_s, u"year"_s, u"all"_s};

QString iso(const QDateTime& time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime generatedAt(const QJsonValue& dashboard)
{
    return QDateTime::fromString(dashboard["generatedAt"_L1].toString(), Qt::ISODateWithMs);
}

} // namespace

/// Every number of the dashboard against a slow computation from what was posted.
class TestAnalytics : public ServerTest
{
    Q_OBJECT

private slots:
    void cleanup() { stopServer(); }

    void numbers_areThoseOfWhatWasPosted_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::newRow("UTC") << "UTC"_ba;
        QTest::newRow("east") << "Asia/Kolkata"_ba;
        QTest::newRow("west, with summer time") << "America/New_York"_ba;
    }

    void numbers_areThoseOfWhatWasPosted()
    {
        QFETCH(const QByteArray, zone);
        startServer({u"--timezone"_s, QString::fromLatin1(zone)});
        AnalyticsOracle oracle{QTimeZone(zone)};
        postAMixture(oracle);
        for (const QString& period : periods) {
            const QByteArray query = "?period=" + period.toLatin1();
            const HttpResponse response = m_client->get(analytics + "/dashboard" + query);
            QCOMPARE(response.status, 200);
            const QJsonValue data = response.data();
            const QDateTime now = generatedAt(data);
            QVERIFY(qAbs(now.msecsTo(QDateTime::currentDateTimeUtc())) < 60000);
            QCOMPARE(data["period"_L1].toString(), period);
            const QJsonObject quality = oracle.quality(period, now);
            const QJsonObject expected{{u"summary"_s, oracle.summary(period, now)},
                                       {u"changes"_s, oracle.changes(period, now)},
                                       {u"quality"_s, quality},
                                       {u"topViolations"_s, quality[u"topViolations"_s]},
                                       {u"usage"_s, oracle.usage(period, now)},
                                       {u"performance"_s, oracle.performance(period, now)},
                                       {u"alerts"_s, QJsonArray()}};
            QString wrong = difference(expected, data, period);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

            wrong = difference(oracle.usage(period, now), m_client->get(analytics + "/usage" + query).data());
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            wrong = difference(quality, m_client->get(analytics + "/quality" + query).data());
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            wrong = difference(oracle.performance(period, now),
                               m_client->get(analytics + "/performance" + query).data());
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }

    void numbersOfThePast_knowNothingLater()
    {
        const QTimeZone zone("America/New_York");
        startServer({u"--timezone"_s, u"America/New_York"_s});
        AnalyticsOracle all(zone);
        postAMixture(all);
        QRandomGenerator random(5);
        for (int i = 0; i < 12; ++i) {
            // Of this moment some days ago, which half an hour around holds nothing of, or anywhere.
            const qint64 back = qint64(random.bounded(400)) * 86400 + (i % 3 ? random.bounded(86400) : 0);
            const QDateTime moment = QDateTime::currentDateTimeUtc().addSecs(-back);
            const AnalyticsOracle oracle = all.until(moment);
            const QString& period = periods[i % periods.size()];
            const QByteArray query = "?period=" + period.toLatin1() + "&at=" + iso(moment).toLatin1();
            const QJsonValue data = m_client->get(analytics + "/dashboard" + query).data();
            QCOMPARE(data["generatedAt"_L1].toString(), iso(moment));
            const QJsonObject expected{{u"summary"_s, oracle.summary(period, moment)},
                                       {u"changes"_s, oracle.changes(period, moment)},
                                       {u"quality"_s, oracle.quality(period, moment)},
                                       {u"usage"_s, oracle.usage(period, moment)},
                                       {u"performance"_s, oracle.performance(period, moment)}};
            const QString wrong = difference(expected, data, period + u" at "_s + iso(moment));
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            QVERIFY(data["approximate"_L1].isUndefined());
        }
    }

    void trends_areThoseOfWhatWasPosted()
    {
        startServer({u"--timezone"_s, u"America/New_York"_s});
        AnalyticsOracle oracle{QTimeZone("America/New_York")};
        postAMixture(oracle);
        for (const QString& period : {u"today"_s, u"week"_s, u"month"_s}) {
            const QByteArray query = "?period=" + period.toLatin1();
            const QJsonValue data = m_client->get(analytics + "/dashboard" + query).data();
            const QDateTime now = generatedAt(data);
            const QJsonObject trend = oracle.violationTrend(period, now);
            const QJsonObject expected{{u"violations"_s, trend},
                                       {u"directionReason"_s, trend[u"directionReason"_s]}};
            QString wrong = difference(expected, data["trends"_L1], period);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            for (const auto& direction : {u"violationTrend"_s, u"usageTrend"_s})
                QCOMPARE(data["trends"_L1][direction].isNull(), !trend[u"directionReason"_s].isNull());
            QCOMPARE(data["trends"_L1]["violationTrend"_L1],
                     data["trends"_L1]["violations"_L1]["direction"_L1]);

            const QJsonValue alone = m_client->get(analytics + "/trends/violations" + query).data();
            QCOMPARE(alone["metric"_L1].toString(), u"violations"_s);
            QCOMPARE(alone["period"_L1].toString(), period);
            wrong = difference(trend, alone, period);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }

    void trends_ofLongPeriods_loseNothing()
    {
        startServer({u"--timezone"_s, u"UTC"_s});
        AnalyticsOracle oracle{QTimeZone::utc()};
        postAMixture(oracle);
        for (const QString& period : {u"year"_s, u"all"_s}) {
            const QJsonValue data =
                m_client->get(analytics + "/dashboard?period=" + period.toLatin1()).data();
            const QJsonArray points = data["trends"_L1]["violations"_L1]["points"_L1].toArray();
            QVERIFY(points.size() > 10);
            double sum = 0;
            QString last;
            for (const auto& point : points) {
                sum += point["value"_L1].toDouble();
                const QString start = point["start"_L1].toString();
                QVERIFY2(start > last, qPrintable(start));
                QVERIFY2(start.endsWith(period == u"all" ? "-01T00:00:00.000Z"_L1 : "T00:00:00.000Z"_L1),
                         qPrintable(start));
                last = start;
            }
            QCOMPARE(sum, data["summary"_L1]["violations"_L1].toDouble());
            QCOMPARE(points.last()["partial"_L1], QJsonValue(true));
        }
    }

    void numbers_withoutAnything_areNullOrZero()
    {
        startServer();
        for (const QString& period : periods) {
            const QByteArray query = "?period=" + period.toLatin1();
            const HttpResponse response = m_client->get(analytics + "/dashboard" + query);
            QCOMPARE(response.status, 200);
            const QJsonValue data = response.data();
            const AnalyticsOracle oracle{QTimeZone::utc()};
            const QDateTime now = generatedAt(data);
            const QJsonObject expected{{u"summary"_s, oracle.summary(period, now)},
                                       {u"changes"_s, oracle.changes(period, now)},
                                       {u"quality"_s, oracle.quality(period, now)},
                                       {u"usage"_s, oracle.usage(period, now)},
                                       {u"performance"_s, oracle.performance(period, now)}};
            const QString wrong = difference(expected, data, period);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            QVERIFY(data["summary"_L1]["avgCheckTime"_L1].isNull());
            QVERIFY(data["quality"_L1]["violationRate"_L1].isNull());
            QVERIFY(data["quality"_L1]["patternMatchAccuracy"_L1].isNull());
            QVERIFY(data["usage"_L1]["successRate"_L1].isNull());
            QVERIFY(data["trends"_L1]["violationTrend"_L1].isNull());
            QVERIFY(data["trends"_L1]["usageTrend"_L1].isNull());
        }
    }

    void period_defaultsAndIsChecked()
    {
        startServer();
        const auto periodOf = [this](const QByteArray& path) {
            return m_client->get(analytics + path).data()["period"_L1].toString();
        };
        QCOMPARE(periodOf("/dashboard"), u"week"_s);
        QCOMPARE(periodOf("/trends/violations"), u"month"_s);
        for (const QByteArray path :
             {"/dashboard", "/usage", "/quality", "/performance", "/trends/violations"}) {
            for (const QByteArray value : {"decade", "", "WEEK"}) {
                const HttpResponse response = m_client->get(analytics + path + "?period=" + value);
                QCOMPARE(response.status, 400);
                QCOMPARE(response.error(), u"ERR_1001"_s);
                QVERIFY(response.details().startsWith(u"period: "));
            }
        }
        const HttpResponse unknown = m_client->get(analytics + "/trends/moods");
        QCOMPARE(unknown.status, 400);
        QCOMPARE(unknown.error(), u"ERR_1001"_s);
        QVERIFY(unknown.details().startsWith(u"metric: "));
    }

    void lateCheck_landsInItsDay()
    {
        startServer({u"--timezone"_s, u"UTC"_s});
        postCheck(QDateTime::currentDateTimeUtc().addDays(-3), 10);
        const QJsonValue today = m_client->get(analytics + "/dashboard?period=today").data();
        QCOMPARE(today["summary"_L1]["totalChecks"_L1].toInt(), 0);
        const QJsonValue week = m_client->get(analytics + "/dashboard?period=week").data();
        QCOMPARE(week["summary"_L1]["totalChecks"_L1].toInt(), 1);
    }

    void everyAcknowledgedWrite_isInTheNextAnswer()
    {
        startServer();
        for (int i = 1; i <= 50; ++i) {
            postCheck(QDateTime::currentDateTimeUtc(), i);
            const QJsonValue data = m_client->get(analytics + "/dashboard?period=week").data();
            QCOMPARE(data["summary"_L1]["totalChecks"_L1].toInt(), i);
            QCOMPARE(data["seq"_L1].toInt(), i);
        }
    }

    void moment_isPartOfTheTagAndNotInTheFuture()
    {
        startServer();
        const QByteArray path = "/api/v1/analytics/dashboard?period=today&at=";
        QCOMPARE(m_client
                     ->post("/api/v1/gateway/checks?imported=true",
                            parseJson(R"({"status":"PASS","duration":1,"timestamp":"2026-02-07T12:00:30Z"})"))
                     .status,
                 201);
        const HttpResponse before = m_client->get(path + "2026-02-07T12:00:10Z");
        QCOMPARE(before.data()["summary"_L1]["totalChecks"_L1].toInteger(), 0);
        const HttpResponse after =
            m_client->get(path + "2026-02-07T12:00:50Z", {{"If-None-Match", before.header("ETag")}});
        QCOMPARE(after.status, 200);
        QCOMPARE(after.data()["summary"_L1]["totalChecks"_L1].toInteger(), 1);
        QCOMPARE(m_client->get(path + "9999-12-31T00:00:00Z").error(), u"ERR_1004"_s);
    }

    void etag_spareTheAnswerUntilSomethingChanges()
    {
        startServer();
        postCheck(QDateTime::currentDateTimeUtc(), 1);
        const QByteArray path = analytics + "/dashboard?period=month";
        const HttpResponse first = m_client->get(path);
        const QByteArray tag = first.header("ETag");
        QVERIFY(!tag.isEmpty());
        const HttpResponse same = m_client->get(path, {{"If-None-Match", tag}});
        QCOMPARE(same.status, 304);
        QCOMPARE(same.header("ETag"), tag);
        QVERIFY(same.body.isEmpty());
        QCOMPARE(m_client->get(path, {{"If-None-Match", "\"other\", " + tag}}).status, 304);
        QCOMPARE(m_client->get(path, {{"If-None-Match", "*"}}).status, 304);
        QCOMPARE(m_client->get(analytics + "/dashboard?period=week", {{"If-None-Match", tag}}).status, 200);
        postCheck(QDateTime::currentDateTimeUtc(), 1);
        const HttpResponse changed = m_client->get(path, {{"If-None-Match", tag}});
        QCOMPARE(changed.status, 200);
        QVERIFY(changed.header("ETag") != tag);
        QCOMPARE(changed.data()["summary"_L1]["totalChecks"_L1].toInt(), 2);
    }

private:
    void postCheck(const QDateTime& time, double duration, int violations = 0)
    {
        QJsonArray list;
        for (int i = 0; i < violations; ++i)
            list.append(QJsonObject{{u"principleId"_s, u"P"_s}, {u"severity"_s, u"WARNING"_s}});
        const QJsonObject check{{u"status"_s, violations ? u"BLOCKED"_s : u"PASS"_s},
                                {u"duration"_s, duration},
                                {u"timestamp"_s, iso(time)},
                                {u"violations"_s, list}};
        QCOMPARE(m_client->post("/api/v1/gateway/checks", QJsonValue(check)).status, 201);
    }

    /// Checks and retrospectives of two years, denser towards today, always the same but for the clock.
    void postAMixture(AnalyticsOracle& oracle)
    {
        QRandomGenerator random(20260207);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto someTime = [&] {
            // Half an hour away from this time of other days, so that the clock's progress decides nothing.
            static const QList<int> spans{1, 2, 7, 14, 30, 60, 365, 730};
            const qint64 days = random.bounded(spans[random.bounded(int(spans.size()))]);
            const qint64 seconds = 1800 + random.bounded(86400 - 3600);
            return now.addSecs(-days * 86400 - seconds).addMSecs(random.bounded(1000));
        };
        const auto pick = [&](const char* prefix, int count) {
            const int n = random.bounded(count + 1);
            return n == 0 ? QString() : QLatin1String(prefix) + QString::number(n);
        };
        QJsonArray checks;
        for (int i = 0; i < 900; ++i) {
            QJsonArray violations;
            for (int k = random.bounded(4); k > 0; --k) {
                const QString id = u"P%1"_s.arg(random.bounded(14));
                violations.append(QJsonObject{{u"principleId"_s, id},
                                              {u"principleName"_s, u"Principle "_s + id},
                                              {u"severity"_s, random.bounded(2) ? u"BLOCK"_s : u"INFO"_s},
                                              {u"falsePositive"_s, random.bounded(5) == 0}});
            }
            static const QStringList statuses{u"PASS"_s, u"WARNING"_s, u"BLOCKED"_s};
            const QJsonObject check{
                {u"status"_s, statuses[random.bounded(3)]}, {u"duration"_s, random.bounded(4000000) / 1000.0},
                {u"timestamp"_s, iso(someTime())},          {u"user"_s, pick("user", 12)},
                {u"session"_s, pick("session", 40)},        {u"violations"_s, violations}};
            oracle.addCheck(check);
            checks.append(check);
        }
        QCOMPARE(m_client->post("/api/v1/gateway/checks?imported=true", QJsonValue(checks)).status, 201);
        for (int i = 0; i < 60; ++i) {
            const QJsonObject retro{{u"type"_s, u"quick"_s},
                                    {u"duration"_s, random.bounded(3) ? random.bounded(90000) : 0},
                                    {u"timestamp"_s, iso(someTime())},
                                    {u"user"_s, pick("writer", 5)}};
            oracle.addRetro(retro);
            QCOMPARE(m_client->post("/api/v1/retros", QJsonValue(retro)).status, 201);
        }
    }
};

PRISM_TEST(TestAnalytics)

} // namespace tst_analytics

#include "tst_analytics.moc"
