#include "tests/api/analytics_oracle.h"
#include "tests/api/mixture.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tst_trends {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";

/// One day's value by the definition of the metric, from what was posted.
QJsonValue valueOf(const QString& metric, const QList<QJsonObject>& checks, const QList<QJsonObject>& retros)
{
    int violations = 0, patterns = 0, traps = 0, violating = 0;
    QSet<QString> users;
    QList<double> times;
    for (const QJsonObject& check : checks) {
        bool counts = false;
        for (const auto& violation : check["violations"_L1].toArray()) {
            if (violation["falsePositive"_L1].toBool())
                continue;
            counts = true;
            ++violations;
            patterns += violation["severity"_L1] == "WARNING"_L1 ? 1 : 0;
            traps += violation["severity"_L1] == "BLOCK"_L1 ? 1 : 0;
        }
        violating += counts ? 1 : 0;
        users.insert(check["user"_L1].toString());
        times.append(check["duration"_L1].toDouble());
    }
    for (const QJsonObject& retro : retros)
        users.insert(retro["user"_L1].toString());
    users.remove(QString());
    std::sort(times.begin(), times.end());
    if (metric == u"violations")
        return violations;
    if (metric == u"checks")
        return checks.size();
    if (metric == u"retros")
        return retros.size();
    if (metric == u"usage")
        return users.size();
    if (metric == u"patterns")
        return patterns;
    if (metric == u"traps")
        return traps;
    if (checks.isEmpty())
        return {};
    if (metric == u"quality")
        return double(violating) / double(checks.size());
    if (metric == u"avgCheckTime")
        return std::accumulate(times.begin(), times.end(), 0.0) / double(times.size());
    return times[qsizetype(std::ceil(0.95 * double(times.size()))) - 1];
}

} // namespace

/// Trends, comparisons and forecasts against plain computations from what was posted.
class TestTrends : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer({u"--timezone"_s, u"America/New_York"_s});
        m_mixture = Mixture::make(700, 50);
        QVERIFY(m_mixture.post(*m_client));
    }

    void cleanupTestCase() { stopServer(); }

    void trend_isThatOfWhatWasPosted_data()
    {
        QTest::addColumn<QString>("metric");
        for (const char* metric : {"violations", "checks", "retros", "quality", "usage", "performance",
                                   "avgCheckTime", "patterns", "traps"})
            QTest::newRow(metric) << QString::fromLatin1(metric);
    }

    void trend_isThatOfWhatWasPosted()
    {
        QFETCH(const QString, metric);
        for (const int days : {7, 30}) {
            const QByteArray period = days == 7 ? "week" : "month";
            const QJsonValue data =
                m_client->get(analytics + "/trends/" + metric.toLatin1() + "?period=" + period).data();
            QCOMPARE(data["metric"_L1].toString(), metric);
            const QJsonArray points = data["points"_L1].toArray();
            QCOMPARE(points.size(), days);
            const QDate today = timeOf({{u"timestamp"_s, data["generatedAt"_L1]}}).toTimeZone(m_zone).date();
            for (int i = 0; i < days; ++i) {
                const QDate day = today.addDays(i + 1 - days);
                QCOMPARE(points[i]["start"_L1].toString(),
                         day.startOfDay(m_zone).toUTC().toString(Qt::ISODateWithMs));
                const QString wrong = difference(
                    valueOf(metric, on(day, m_mixture.checks), on(day, m_mixture.retros)),
                    points[i]["value"_L1],
                    u"%1 %2"_s.arg(metric == u"performance" ? u"p95CheckTime"_s : metric, day.toString()));
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            }
            QCOMPARE(data["confidence"_L1].isNull(), days == 7);
            const double confidence = data["confidence"_L1].toDouble(0);
            QVERIFY(confidence >= 0 && confidence <= 1);
        }
    }

    void trend_asOfThePast_knowsNothingLater()
    {
        const QDateTime then = QDateTime::currentDateTimeUtc().addDays(-3);
        const QByteArray at = "&at=" + then.toString(Qt::ISODateWithMs).toLatin1();
        const QJsonArray points =
            m_client->get(analytics + "/trends/checks?period=week" + at).data()["points"_L1].toArray();
        double sum = 0;
        for (const auto& point : points)
            sum += point["value"_L1].toDouble();
        const QDate first = then.toTimeZone(m_zone).date().addDays(-6);
        const auto count =
            std::count_if(m_mixture.checks.begin(), m_mixture.checks.end(), [&](const auto& c) {
                return timeOf(c) <= then && timeOf(c).toTimeZone(m_zone).date() >= first;
            });
        QCOMPARE(sum, double(count));
    }

    void comparison_isThatOfWhatWasPosted()
    {
        AnalyticsOracle oracle(m_zone);
        for (const QJsonObject& check : std::as_const(m_mixture.checks))
            oracle.addCheck(check);
        for (const QJsonObject& retro : std::as_const(m_mixture.retros))
            oracle.addRetro(retro);
        const QJsonValue data = m_client
                                    ->get(analytics + "/compare?baselinePeriod=month&currentPeriod=week"
                                                      "&metrics=usage&metrics=quality,performance")
                                    .data();
        const QDateTime now = timeOf({{u"timestamp"_s, data["generatedAt"_L1]}});
        int changes = 0;
        const QStringList ofADay{u"totalChecks"_s, u"totalRetrospectives"_s, u"violations"_s};
        const auto elapsed = [&](int days) {
            const QDate first = now.toTimeZone(m_zone).date().addDays(1 - days);
            return double(first.startOfDay(m_zone).msecsTo(now) + 1) / 86'400'000;
        };
        const auto expect = [&](const QJsonObject& month, const QJsonObject& week, const QStringList& names,
                                const QString& family) {
            for (const QString& name : names) {
                const bool isOfADay = ofADay.contains(name);
                double before = month[name].toDouble() / (isOfADay ? elapsed(30) : 1);
                double after = week[name].toDouble() / (isOfADay ? elapsed(7) : 1);
                const QJsonValue actual = data["metrics"_L1][family][name];
                QVERIFY2(actual.isObject(), qPrintable(name));
                const QString wrong =
                    difference(QJsonObject{{u"baseline"_s, before}, {u"current"_s, after}}, actual, name);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
                if (isPercentileOfTimes(name)) { // what follows is to follow from what was answered
                    before = actual["baseline"_L1].toDouble();
                    after = actual["current"_L1].toDouble();
                }
                QVERIFY(std::abs(actual["change"_L1].toDouble() - (after - before)) < 2e-4);
                const bool same = before == after;
                changes += same ? 0 : 1;
                QCOMPARE(actual["trend"_L1].toString(), same             ? u"stable"_s
                                                        : after > before ? u"up"_s
                                                                         : u"down"_s);
                QCOMPARE(actual["perDay"_L1].toBool(), isOfADay);
                QVERIFY(actual["better"_L1].isNull());
                QVERIFY(actual["verdict"_L1].isNull());
                QCOMPARE(actual["reason"_L1].toString(), u"different_periods"_s);
            }
        };
        expect(oracle.summary(u"month"_s, now), oracle.summary(u"week"_s, now),
               {u"totalChecks"_s, u"activeUsers"_s, u"totalRetrospectives"_s}, u"usage"_s);
        expect(oracle.usage(u"month"_s, now), oracle.usage(u"week"_s, now),
               {u"activeSessions"_s, u"avgDuration"_s, u"successRate"_s, u"dailyActiveUsers"_s}, u"usage"_s);
        expect(oracle.summary(u"month"_s, now), oracle.summary(u"week"_s, now), {u"violations"_s},
               u"quality"_s);
        expect(oracle.quality(u"month"_s, now), oracle.quality(u"week"_s, now),
               {u"violationRate"_s, u"falsePositiveRate"_s, u"patternMatchAccuracy"_s}, u"quality"_s);
        const QJsonObject times = oracle.performance(u"week"_s, now);
        expect(oracle.performance(u"month"_s, now), times, times.keys(), u"performance"_s);
        QVERIFY(changes > 5);
        const QJsonValue summary = data["summary"_L1];
        QCOMPARE(summary["totalChanges"_L1].toInt(), changes);
        QCOMPARE(summary["improvements"_L1].toInt() + summary["degradations"_L1].toInt(), 0);
    }

    void forecast_saysWhoAnswers_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("periods");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("answeredBy");
        QTest::newRow("violations") << "metric=violations"_ba << 7 << u"seasonal"_s << u"seasonal"_s;
        QTest::newRow("the longest") << "metric=checks&periods=30&historicalPeriod=month"_ba << 30
                                     << u"seasonal"_s << u"seasonal"_s;
        QTest::newRow("times") << "metric=avgCheckTime&periods=1&method=arima"_ba << 1 << u"arima"_s
                               << u"seasonal"_s;
        QTest::newRow("a line") << "metric=checks&periods=30&method=linear"_ba << 30 << u"linear"_s
                                << u"linear"_s;
    }

    void forecast_saysWhoAnswers()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const int, periods);
        const HttpResponse response = m_client->get(analytics + "/forecast?" + query);
        QCOMPARE(response.status, 200);
        const QJsonValue data = response.data();
        const QJsonArray steps = data["forecast"_L1].toArray();
        QCOMPARE(steps.size(), periods);
        QTEST(data["method"_L1].toString(), "method");
        QTEST(data["meta"_L1]["answeredBy"_L1].toString(), "answeredBy");
        QCOMPARE(data["meta"_L1]["periods"_L1].toInt(), periods);
        QVERIFY(data["reason"_L1].isNull());
        double confidence = 1;
        for (const auto& step : steps) {
            QVERIFY(step["value"_L1].toDouble() > 0);
            QVERIFY(step["lower95"_L1].toDouble() <= step["lower80"_L1].toDouble());
            QVERIFY(step["upper80"_L1].toDouble() <= step["upper95"_L1].toDouble());
            QVERIFY(step["confidence"_L1].toDouble() <= confidence);
            confidence = step["confidence"_L1].toDouble();
        }
    }

    void query_thatIsNotValid_namesFieldAndReason_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* path, const char* detail) {
            QTest::newRow(path) << QByteArray(path) << QString::fromLatin1(detail);
        };
        row("/trends/luck", "metric: must be one of violations");
        row("/trends/checks?period=decade", "period: must be one of today");
        row("/trends/checks?at=yesterday", "at: must be an ISO 8601 time");
        row("/compare?currentPeriod=week&metrics=usage", "baselinePeriod: must be one of today, week, month");
        row("/compare?baselinePeriod=all&currentPeriod=week&metrics=usage", "baselinePeriod: must be one of");
        row("/compare?baselinePeriod=week&metrics=usage", "currentPeriod: must be one of");
        row("/compare?baselinePeriod=week&currentPeriod=today", "metrics: must name one metric at least");
        row("/compare?baselinePeriod=week&currentPeriod=today&metrics=,", "metrics: must name one metric");
        row("/compare?baselinePeriod=week&currentPeriod=today&metrics=luck",
            "metrics: 'luck' must be one of");
        row("/forecast", "metric: must be one of violations, checks, avgCheckTime");
        row("/forecast?metric=checks&method=tarot", "method: must be one of seasonal, linear, arima");
        row("/forecast?metric=checks&periods=0", "periods: must be a whole number from 1 to 30");
        row("/forecast?metric=checks&periods=31", "periods: must be a whole number from 1 to 30");
        row("/forecast?metric=checks&historicalPeriod=x", "historicalPeriod: must be one of today");
    }

    void query_thatIsNotValid_namesFieldAndReason()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QString, detail);
        const HttpResponse response = m_client->get(analytics + path);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.details().startsWith(detail), qPrintable(response.details()));
    }

private:
    QList<QJsonObject> on(QDate day, const QList<QJsonObject>& entries) const
    {
        QList<QJsonObject> found;
        std::copy_if(
            entries.begin(), entries.end(), std::back_inserter(found),
            [&](const QJsonObject& entry) { return timeOf(entry).toTimeZone(m_zone).date() == day; });
        return found;
    }

    const QTimeZone m_zone{"America/New_York"};
    Mixture m_mixture;
};

PRISM_TEST(TestTrends)

} // namespace tst_trends

#include "tst_trends.moc"
