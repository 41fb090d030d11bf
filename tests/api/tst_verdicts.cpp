#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

namespace tst_verdicts {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";
constexpr int checksADay = 10;

/// One whose clocks are past noon and before one, and are left alone: half a day has passed whenever the test
/// runs.
QByteArray zoneAtNoon()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds((12 - now.time().hour()) * 3600);
    for (const QByteArray& name : zones) {
        const QTimeZone zone(name);
        if (zone.offsetFromUtc(now) == (12 - now.time().hour()) * 3600 &&
            zone.transitions(now.addYears(-1), now.addYears(1)).isEmpty())
            return name;
    }
    return "UTC";
}

/// What there was on one day's morning.
struct Day
{
    int violations = checksADay / 2; ///< of each second check one; more of all
    double ms = 10;
};

} // namespace

/// What is said of changes, from the imported checks to the answers.
class TestVerdicts : public ServerTest
{
    Q_OBJECT

private slots:
    void init()
    {
        m_zone = QTimeZone(zoneAtNoon());
        startServer({u"--timezone"_s, QString::fromLatin1(m_zone.id())});
    }

    void cleanup() { stopServer(); }

    void beyondTheUsual_isBetterOrWorse()
    {
        importDays(80, {40, 30});
        const QJsonValue changes = known("today")["changes"_L1];
        QCOMPARE(changes["violations"_L1]["previous"_L1].toInt(), 5);
        QCOMPARE(changes["violations"_L1]["change"_L1].toInt(), 35);
        QCOMPARE(changes["violations"_L1]["verdict"_L1].toString(), u"worse"_s);
        QVERIFY(changes["violations"_L1]["reason"_L1].isNull());
        QCOMPARE(changes["avgCheckTime"_L1]["verdict"_L1].toString(), u"worse"_s);
        QCOMPARE(changes["totalChecks"_L1]["verdict"_L1].toString(), u"same"_s);
        QCOMPARE(changes["activeUsers"_L1]["verdict"_L1].toString(), u"same"_s);
        QCOMPARE(changes["totalRetrospectives"_L1]["reason"_L1].toString(), u"too_few"_s);
        QCOMPARE(known("week")["changes"_L1]["avgCheckTime"_L1]["verdict"_L1].toString(), u"worse"_s);
    }

    void withinTheUsual_isTheSame()
    {
        importDays(80, {7, 10.4});
        const QJsonValue changes = known("today")["changes"_L1];
        QCOMPARE(changes["violations"_L1]["change"_L1].toInt(), 2);
        for (const char* name :
             {"violations", "totalChecks", "activeUsers", "avgCheckTime", "avgViolationRate"})
            QCOMPARE(changes[QLatin1String(name)]["verdict"_L1].toString(), u"same"_s);
    }

    /// A Monday with a Monday, up to the same time, and as many of them.
    void span_isWholeWeeksBefore_data()
    {
        QTest::addColumn<QByteArray>("period");
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("back");
        QTest::newRow("today") << "today"_ba << 1 << 7;
        QTest::newRow("week") << "week"_ba << 7 << 7;
        QTest::newRow("month") << "month"_ba << 30 << 35;
        QTest::newRow("year") << "year"_ba << 365 << 371;
    }

    void span_isWholeWeeksBefore()
    {
        QFETCH(const QByteArray, period);
        QFETCH(const int, days);
        QFETCH(const int, back);
        importDays(80, {});
        const QJsonValue data = dashboard(period);
        const QDateTime now = timeOf(data["generatedAt"_L1]);
        const QDate first = now.toTimeZone(m_zone).date().addDays(1 - days - back);
        const QJsonObject changes = data["changes"_L1].toObject();
        QCOMPARE(changes.size(), 7);
        for (const auto& change : changes) {
            QCOMPARE(timeOf(change["span"_L1]["from"_L1]), first.startOfDay(m_zone));
            QCOMPARE(timeOf(change["span"_L1]["to"_L1]), now.addDays(-back).addMSecs(1));
        }
    }

    void withoutAnEarlierSpan_nothingIsKnown()
    {
        importDays(8, {40, 30});
        for (const QByteArray period : {"week", "month", "year"}) {
            const QJsonObject changes = dashboard(period)["changes"_L1].toObject();
            for (const auto& change : changes) {
                QVERIFY(change["previous"_L1].isNull() && change["change"_L1].isNull());
                QVERIFY(change["verdict"_L1].isNull());
                QCOMPARE(change["reason"_L1].toString(), u"no_baseline"_s);
            }
        }
        QVERIFY(dashboard("all")["changes"_L1].isNull());
    }

    /// Three whole weeks before the week hold 14 pairs of days; a day less holds 13.
    void tooFewDays_areNoVerdict()
    {
        importDays(7 + 20, {40, 30}); // the first day is never whole
        (void)known("today");         // which has 19
        QCOMPARE(dashboard("week")["changes"_L1]["violations"_L1]["reason"_L1].toString(), u"too_few"_s);
        importDay(-(7 + 21), {});
        QTRY_COMPARE(dashboard("week")["changes"_L1]["avgCheckTime"_L1]["verdict"_L1].toString(), u"worse"_s);
    }

    void momentInThePast_hasNoVerdict()
    {
        importDays(80, {});
        const QByteArray at = QDateTime::currentDateTimeUtc().addDays(-3).toString(Qt::ISODate).toLatin1();
        const QJsonValue change = m_client->get(analytics + "/dashboard?period=week&at=" + at)
                                      .data()["changes"_L1]["violations"_L1];
        QCOMPARE(change["reason"_L1].toString(), u"past"_s);
        QVERIFY(change["previous"_L1].isDouble());
    }

    void periodWithItself_isHeldAgainstTheOneBefore()
    {
        importDays(80, {40, 30});
        (void)known("week");
        const QJsonValue data = compare("week", "week");
        const QJsonValue violations = data["metrics"_L1]["quality"_L1]["violations"_L1];
        QCOMPARE(violations["baseline"_L1].toInt(), 7 * 5);
        QCOMPARE(violations["current"_L1].toInt(), 6 * 5 + 40);
        QCOMPARE(violations["verdict"_L1].toString(), u"worse"_s);
        QCOMPARE(violations["better"_L1], QJsonValue(false));
        QVERIFY(violations["perDay"_L1].isUndefined());
        const QDateTime now = timeOf(data["generatedAt"_L1]);
        QCOMPARE(timeOf(violations["span"_L1]["to"_L1]), now.addDays(-7).addMSecs(1));
        const QJsonValue times = data["metrics"_L1]["performance"_L1];
        QCOMPARE(times["avgCheckTime"_L1]["verdict"_L1].toString(), u"worse"_s);
        QCOMPARE(times["maxCheckTime"_L1]["reason"_L1].toString(), u"never"_s);
        QVERIFY(times["maxCheckTime"_L1]["better"_L1].isNull());
        QCOMPARE(times["minCheckTime"_L1]["reason"_L1].toString(), u"never"_s);
        const QJsonValue checks = data["metrics"_L1]["usage"_L1]["totalChecks"_L1];
        QCOMPARE(checks["verdict"_L1].toString(), u"same"_s);
        QCOMPARE(checks["change"_L1].toInt(), 0);
        QVERIFY(checks["better"_L1].isNull());
        const QJsonValue users = data["metrics"_L1]["usage"_L1]["dailyActiveUsers"_L1];
        QCOMPARE(users["baseline"_L1].toDouble(), 2.0);
        QCOMPARE(users["current"_L1].toDouble(), 2.0);
        QVERIFY(data["summary"_L1]["degradations"_L1].toInt() >= 2);
        QCOMPARE(data["summary"_L1]["improvements"_L1].toInt(), 0);
    }

    void periodWithItself_withoutOneBefore_hasNoBaseline()
    {
        importDays(5, {});
        const QJsonValue violations = compare("week", "week")["metrics"_L1]["quality"_L1]["violations"_L1];
        QVERIFY(violations["baseline"_L1].isNull());
        QVERIFY(violations["current"_L1].isDouble());
        QCOMPARE(violations["reason"_L1].toString(), u"no_baseline"_s);
    }

    void differentPeriods_areComparedByTheDay_withoutAVerdict()
    {
        importDays(80, {});
        (void)known("week");
        const QJsonValue data = compare("month", "week");
        const QDateTime now = timeOf(data["generatedAt"_L1]);
        const double passed = double(now.toTimeZone(m_zone).time().msecsSinceStartOfDay() + 1) / 86'400'000;
        const QJsonValue checks = data["metrics"_L1]["usage"_L1]["totalChecks"_L1];
        QCOMPARE(checks["perDay"_L1], QJsonValue(true));
        QCOMPARE(checks["baseline"_L1].toDouble(), 30 * checksADay / (29 + passed));
        QCOMPARE(checks["current"_L1].toDouble(), 7 * checksADay / (6 + passed));
        QCOMPARE(checks["reason"_L1].toString(), u"different_periods"_s);
        const QJsonValue users = data["metrics"_L1]["usage"_L1]["activeUsers"_L1];
        QVERIFY(users["perDay"_L1].isUndefined());
        QCOMPARE(users["change"_L1].toInt(), 0);
        QVERIFY(users["verdict"_L1].isNull());
    }

    /// Nobody who has an answer without verdicts is told that it still holds.
    void verdicts_areInTheTag()
    {
        importDays(80, {40, 30});
        const HttpResponse first = m_client->get(analytics + "/dashboard?period=week");
        (void)known("week");
        const HttpResponse again =
            m_client->get(analytics + "/dashboard?period=week", {{"If-None-Match", first.header("ETag")}});
        const bool wasJudged = first.data()["changes"_L1]["violations"_L1]["verdict"_L1].isString();
        QVERIFY(wasJudged || again.status == 200);
    }

    /// By what it was asked for, and what happened.
    void tagOfAComparison_isOfThatAlone()
    {
        const QByteArray at = "&at=2026-01-01T00:00:00Z"; // no minute ends meanwhile
        const QByteArray path = analytics + "/compare?baselinePeriod=week&currentPeriod=week&metrics=";
        const QByteArray tag = m_client->get(path + "usage" + at).header("ETag");
        const auto statusOf = [&](const QByteArray& asked) {
            return m_client->get(asked, {{"If-None-Match", tag}}).status;
        };
        QCOMPARE(statusOf(path + "usage" + at), 304);
        QCOMPARE(statusOf(path + "quality" + at), 200);
        QCOMPARE(statusOf(path + "usage&at=2026-01-01T00:00:01Z"), 200);
        QCOMPARE(statusOf(analytics + "/compare?baselinePeriod=month&currentPeriod=week&metrics=usage" + at),
                 200);
        importDays(1, {});
        QCOMPARE(statusOf(path + "usage" + at), 200);
    }

    /// Though nothing is written any more.
    void verdicts_arePushedWhenTheyAreKnown()
    {
        importDays(80, {40, 30});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, QJsonObject{{u"period"_s, u"today"_s}}}});
        const auto isJudged = [&client] {
            const QList<QJsonObject>& messages = client.messages();
            return std::any_of(messages.begin(), messages.end(), [](const QJsonObject& message) {
                return message["data"_L1]["dashboard"_L1]["changes"_L1]["violations"_L1]["verdict"_L1] ==
                       u"worse"_s;
            });
        };
        QTRY_VERIFY(isJudged());
    }

    void export_saysVerdictsAndReasons()
    {
        importDays(80, {40, 30});
        (void)known("today");
        const QByteArray csv = m_client->get(analytics + "/export?format=csv&period=today").body;
        QVERIFY2(csv.contains("\"violations\",\"5\",\"previous\"\r\n"), csv.constData());
        QVERIFY(csv.contains("\"violations\",\"worse\",\"verdict\"\r\n"));
        QVERIFY(csv.contains("\"totalChecks\",\"same\",\"verdict\"\r\n"));
        const QByteArray year = m_client->get(analytics + "/export?format=csv&period=year").body;
        QVERIFY(year.contains("\"violations\",\"no_baseline\",\"verdict\"\r\n"));
    }

private:
    static QDateTime timeOf(const QJsonValue& iso)
    {
        return QDateTime::fromString(iso.toString(), Qt::ISODateWithMs);
    }

    QJsonValue dashboard(const QByteArray& period)
    {
        return m_client->get(analytics + "/dashboard?period=" + period).data();
    }

    /// The one that is answered once it is known what is usual since the import.
    QJsonValue known(const QByteArray& period)
    {
        QJsonValue data;
        const auto isJudged = [&] {
            data = dashboard(period);
            return data["changes"_L1]["totalChecks"_L1]["verdict"_L1].isString();
        };
        [&] { QTRY_VERIFY(isJudged()); }();
        return data;
    }

    QJsonValue compare(const QByteArray& baseline, const QByteArray& current)
    {
        return m_client
            ->get(analytics + "/compare?baselinePeriod=" + baseline + "&currentPeriod=" + current +
                  "&metrics=usage,quality,performance")
            .data();
    }

    /// That many alike, and today.
    void importDays(int days, const Day& today)
    {
        QJsonArray checks;
        for (int back = days; back > 0; --back)
            add(-back, {}, checks);
        add(0, today, checks);
        QCOMPARE(m_client->post("/api/v1/gateway/checks?imported=true", QJsonValue(checks)).status, 201);
    }

    void importDay(int day, const Day& what)
    {
        QJsonArray checks;
        add(day, what, checks);
        QCOMPARE(m_client->post("/api/v1/gateway/checks?imported=true", QJsonValue(checks)).status, 201);
    }

    void add(int day, const Day& what, QJsonArray& checks) const
    {
        const QDate date = QDateTime::currentDateTimeUtc().toTimeZone(m_zone).date().addDays(day);
        for (int i = 0; i < checksADay; ++i) {
            QJsonArray violations;
            for (int k = what.violations * (i + 1) / checksADay - what.violations * i / checksADay; k > 0;
                 --k)
                violations.append(QJsonObject{{u"principleId"_s, u"P"_s}, {u"severity"_s, u"WARNING"_s}});
            const QDateTime time(date, QTime(1 + i, 0), m_zone);
            checks.append(QJsonObject{{u"status"_s, u"PASS"_s},
                                      {u"duration"_s, what.ms},
                                      {u"timestamp"_s, time.toUTC().toString(Qt::ISODateWithMs)},
                                      {u"user"_s, i % 2 ? u"ana"_s : u"ben"_s},
                                      {u"violations"_s, violations}});
        }
    }

    QTimeZone m_zone;
};

PRISM_TEST(TestVerdicts)

} // namespace tst_verdicts

#include "tst_verdicts.moc"
