#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <functional>

namespace tst_statements {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";

/// So many violations on a day that lies so many days before the last.
using Course = std::function<int(int daysAgo)>;

/// With so many violations, and a duration that follows them.
QJsonObject checkAt(const QDateTime& time, int violations)
{
    QJsonArray list;
    for (int i = 0; i < violations; ++i)
        list.append(QJsonObject{{u"principleId"_s, u"P"_s}, {u"severity"_s, u"WARNING"_s}});
    return {{u"status"_s, u"WARNING"_s},
            {u"duration"_s, 10 + violations},
            {u"timestamp"_s, time.toString(Qt::ISODate)},
            {u"violations"_s, list}};
}

int rising(int daysAgo)
{
    return 60 - daysAgo;
}

int ofWeekdays(QDate day)
{
    return day.dayOfWeek() < 6 ? 20 : 2;
}

} // namespace

/// What is said of the history of a server: from its rows to the answer.
class TestStatements : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer({u"--timezone"_s, u"UTC"_s}); }
    void cleanup() { stopServer(); }

    void direction_ofAMonth_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<Course>("course");
        QTest::addColumn<QString>("direction");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, int days, const Course& course, const char* direction,
                            const char* reason) {
            QTest::newRow(name) << days << course << QString::fromLatin1(direction)
                                << QString::fromLatin1(reason);
        };
        row("rising", 40, rising, "up", "");
        row(
            "falling", 40, [](int ago) { return 20 + ago; }, "down", "");
        row(
            "weekdays and weekends", 40, [this](int ago) { return ofWeekdays(m_day.addDays(-ago)); },
            "stable", "");
        row(
            "a burst of two days", 40, [](int ago) { return (ago == 2 || ago == 3 ? 90 : 20) + ago * 7 % 5; },
            "stable", "");
        row("since three weeks", 21, rising, "up", "");
        row("since less", 20, rising, "", "too_few_values");
    }

    void direction_ofAMonth()
    {
        QFETCH(const int, days);
        QFETCH(const Course, course);
        QFETCH(const QString, direction);
        QFETCH(const QString, reason);
        importDays(days, course);
        for (const char* metric : {"violations", "avgCheckTime"}) {
            const QJsonValue trend = ask("/trends/"_ba + metric + "?period=month");
            expect(trend, "direction", direction);
            expect(trend, "directionReason", reason);
            for (const char* field : {"slope", "confidence"})
                QCOMPARE(trend[QLatin1String(field)].isNull(), direction.isEmpty());
        }
        const QJsonValue trends = ask("/dashboard?period=month")["trends"_L1];
        expect(trends, "violationTrend", direction);
        expect(trends, "usageTrend", direction.isEmpty() ? direction : u"stable"_s); // a check a day
        expect(trends, "directionReason", reason);
        expect(trends["violations"_L1], "direction", direction);
        expect(ask("/forecast?metric=violations&historicalPeriod=month")["trend"_L1], "direction", direction);
        if (direction == u"up")
            QCOMPARE(trends["violations"_L1]["slope"_L1].toDouble(), 1.0);
        const QByteArray csv = m_client->get(analytics + "/export?format=csv&period=month&at=" + m_at).body;
        QVERIFY2(csv.contains("\"violationTrend\",\"" + direction.toLatin1() + "\",\"trends\""),
                 csv.left(2000).constData());
    }

    void direction_ofADayAndAWeek_isNotSaid()
    {
        importDays(40, rising);
        expect(ask("/trends/violations?period=today"), "directionReason", u"hours_are_not_judged"_s);
        expect(ask("/trends/violations?period=today"), "changePointsReason", u"hours_are_not_judged"_s);
        expect(ask("/trends/violations?period=week"), "directionReason", u"week_is_too_short"_s);
        expect(ask("/trends/violations?period=all"), "directionReason", u"too_few_values"_s);
        expect(ask("/trends/violations?period=year"), "directionReason", u"too_few_values"_s);
    }

    void changePoint_isWhereTheLevelChanged_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<Course>("course");
        QTest::addColumn<QByteArray>("period");
        QTest::addColumn<QList<int>>("points");
        const auto row = [](const char* name, int days, const char* period, const QList<int>& points,
                            const Course& course) {
            QTest::newRow(name) << days << course << QByteArray(period) << points;
        };
        row("doubled 14 days ago", 40, "month", {14}, [](int ago) { return (ago < 14 ? 20 : 10) + ago % 2; });
        row("doubled 35 days ago", 80, "month", {}, [](int ago) { return (ago < 35 ? 20 : 10) + ago % 2; });
        row("doubled 14 days ago, seen in the week", 40, "week", {},
            [](int ago) { return (ago < 14 ? 20 : 10) + ago % 2; });
        row("one odd day", 40, "month", {}, [](int ago) { return ago == 14 ? 90 : 10 + ago % 2; });
        // The running week of the year view begins today, the one before 7 days ago.
        row("doubled 10 weeks ago", 30 * 7, "year", {70},
            [](int ago) { return (ago < 70 ? 8 : 4) + ago / 7 % 2; });
        row("one odd week", 30 * 7, "year", {},
            [](int ago) { return ago >= 70 && ago < 77 ? 20 : 4 + ago / 7 % 2; });
    }

    void changePoint_isWhereTheLevelChanged()
    {
        QFETCH(const int, days);
        QFETCH(const Course, course);
        QFETCH(const QByteArray, period);
        QFETCH(const QList<int>, points);
        importDays(days, course);
        const QJsonValue trend = ask("/trends/violations?period=" + period);
        QVERIFY(trend["changePointsReason"_L1].isNull());
        QJsonArray starts;
        for (const int daysAgo : points)
            starts.append(m_day.addDays(1 - daysAgo).startOfDay(Qt::UTC).toString(Qt::ISODateWithMs));
        QJsonArray found;
        for (const auto& point : trend["changePoints"_L1].toArray()) {
            found.append(point["start"_L1]);
            QVERIFY(point["after"_L1].toDouble() > 1.5 * point["before"_L1].toDouble());
        }
        QCOMPARE(found, starts);
        QCOMPARE(ask("/dashboard?period=" + period)["trends"_L1]["violations"_L1]["changePoints"_L1],
                 trend["changePoints"_L1]);
    }

    void changePoints_ofTooFewDays_areNotSaid()
    {
        importDays(23, [](int ago) { return ago < 12 ? 20 : 10; });
        const QJsonValue trend = ask("/trends/violations?period=month");
        QVERIFY(trend["changePoints"_L1].isNull());
        expect(trend, "changePointsReason", u"too_few_values"_s);
    }

    void forecast_followsTheWeekdays_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("violations") << "metric=violations"_ba;
        QTest::newRow("times") << "metric=avgCheckTime"_ba;
        QTest::newRow("as the seed called it") << "metric=violations&method=arima"_ba;
    }

    void forecast_followsTheWeekdays()
    {
        QFETCH(const QByteArray, query);
        importDays(40, [this](int ago) { return ofWeekdays(m_day.addDays(-ago)); });
        const QJsonArray steps = ask("/forecast?" + query + "&periods=14")["forecast"_L1].toArray();
        QCOMPARE(steps.size(), 14);
        const double added = query.contains("Time") ? 10 : 0;
        for (int i = 0; i < 14; ++i) {
            // m_day is the last complete day, the one after it is running.
            const double expected = added + ofWeekdays(m_day.addDays(2 + i));
            const double value = steps[i]["value"_L1].toDouble();
            QVERIFY2(std::abs(value - expected) < 0.15 * expected + 0.5,
                     qPrintable(u"%1: %2 instead of %3"_s.arg(i).arg(value).arg(expected)));
            QVERIFY(steps[i]["lower95"_L1].toDouble() <= expected + 0.5);
            QVERIFY(steps[i]["upper95"_L1].toDouble() >= expected - 0.5);
        }
    }

    void forecast_ofNineDays_isNone()
    {
        importDays(9, rising);
        for (const char* method : {"seasonal", "linear", "arima"}) {
            const QJsonValue data = ask("/forecast?metric=violations&periods=3&method="_ba + method);
            expect(data, "reason", u"too_few_values"_s);
            QCOMPARE(data["forecast"_L1].toArray().size(), 3);
            QVERIFY(data["forecast"_L1][0]["value"_L1].isNull());
        }
        expect(ask("/forecast?metric=violations&historicalPeriod=today"), "reason", {}); // many hours
    }

    void whatComesLate_changesWhatIsSaid()
    {
        importDays(40, rising);
        expect(ask("/trends/violations?period=month"), "direction", u"up"_s);
        QJsonArray checks;
        for (int ago = 20; ago < 30; ++ago)
            checks.append(checkAt(noonOf(ago), 99));
        QVERIFY(post(checks));
        expect(ask("/trends/violations?period=month"), "direction", u"stable"_s);
    }

private:
    QDateTime noonOf(int daysAgo) const { return {m_day.addDays(-daysAgo), QTime(12, 0), Qt::UTC}; }

    bool post(const QJsonArray& checks)
    {
        return m_client->post("/api/v1/gateway/checks?imported=true", QJsonValue(checks)).status == 201;
    }

    void importDays(int days, const Course& course)
    {
        QJsonArray checks;
        for (int ago = 0; ago < days; ++ago)
            checks.append(checkAt(noonOf(ago), course(ago)));
        QVERIFY(post(checks));
    }

    /// As of the middle of the day after the last.
    QJsonValue ask(const QByteArray& path) { return m_client->get(analytics + path + "&at=" + m_at).data(); }

    /// Null where nothing is expected.
    static void expect(const QJsonValue& object, const char* field, const QString& text)
    {
        const QJsonValue value = object[QLatin1String(field)];
        QVERIFY2(text.isEmpty() ? value.isNull() : value == QJsonValue(text), qPrintable(value.toString()));
    }

    /// The last complete day of what is asked about, so that midnight while this runs changes nothing.
    const QDate m_day = QDateTime::currentDateTimeUtc().date().addDays(-2);
    const QByteArray m_at = m_day.addDays(1).toString(Qt::ISODate).toLatin1() + "T12:00:00Z";
};

PRISM_TEST(TestStatements)

} // namespace tst_statements

#include "tst_statements.moc"
