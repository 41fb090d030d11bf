#include "tests/support/test_program.h"
#include "tests/unit/alerting/fake_history.h"

#include <QTest>

using namespace prism;
using namespace prism::alerting;
using namespace prism::test;
using namespace std::chrono_literals;
using protocol::Alert;

namespace {

/// A Saturday in the northern summer, half past three in the afternoon in Berlin.
constexpr Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 7 / 4} + 13h + 30min};

QStringList idsOf(const Detector::Alerts& found)
{
    QStringList ids;
    for (const Alert& alert : *found)
        ids.append(alert.id);
    return ids;
}

} // namespace

/// Hours and days are compared with the right ones before.
class DetectorTest : public QObject
{
    Q_OBJECT

    const QTimeZone m_berlin{"Europe/Berlin"};
    const QTimeZone m_kathmandu{"Asia/Kathmandu"};
    std::unique_ptr<FakeHistory> m_history;

    QStringList alertsOfHour()
    {
        const Span hour = hourOf(now, m_berlin);
        return idsOf(Detector(*m_history, m_berlin).hour(hour, protocol::AlertSettings(), now));
    }

    QStringList alertsOfDay(Timestamp at)
    {
        const Span day = dayOf(now, m_berlin);
        return idsOf(Detector(*m_history, m_berlin).day(day, protocol::AlertSettings(), at));
    }

private slots:
    void init() { m_history = std::make_unique<FakeHistory>(now - std::chrono::days(100)); }

    void hours_areThoseOfTheClocks()
    {
        QCOMPARE(hourOf(now, m_berlin), (Span{now - 30min, now + 30min}));
        QCOMPARE(hourOf(now, m_kathmandu), (Span{now - 15min, now + 45min})); // 5:45 ahead
        QCOMPARE(dayOf(now, m_berlin).from, now - 15h - 30min);
        QCOMPARE(hoursBefore(hourOf(now, m_berlin), 2)[1].from, now - 150min);
    }

    /// The clocks went forward on 29 March: the same hour by the clocks was an hour later before.
    void sameHours_followTheClocks()
    {
        const Timestamp april = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 4 / 1}} + 13h;
        const std::vector<Span> hours = sameHoursBefore(hourOf(april, m_berlin), 4, m_berlin);
        QCOMPARE(hours[0].from, april - std::chrono::days(1));
        QCOMPARE(hours[3].from, april - std::chrono::days(4) + 1h);
        QCOMPARE(daysBefore(dayOf(april, m_berlin), 1, 7, m_berlin)[0].from,
                 dayOf(april - std::chrono::days(7), m_berlin).from);
    }

    void spike_isAgainstTheSameHours()
    {
        const Span hour = hourOf(now, m_berlin);
        for (const Span& before : sameHoursBefore(hour, 28, m_berlin))
            m_history->hours[before.from] = bucketOf({.violations = 100});
        m_history->hours[hour.from] = bucketOf({.violations = 100});
        QCOMPARE(alertsOfHour(), QStringList());
        m_history->hours[hour.from] = bucketOf({.violations = 105});
        QCOMPARE(alertsOfHour(), QStringList{QStringLiteral("violation_spike-violations-20260704T1300Z")});
    }

    void spike_amongImportedHistory()
    {
        const Span hour = hourOf(now, m_berlin);
        for (const Span& before : sameHoursBefore(hour, 28, m_berlin))
            m_history->hours[before.from] = importedOf({.violations = 100});
        m_history->hours[hour.from] = bucketOf({.violations = 105});
        QCOMPARE(alertsOfHour().size(), 1);
    }

    void imported_isNotExamined()
    {
        m_history->hours[hourOf(now, m_berlin).from] =
            importedOf({.checks = 900, .checksWithViolations = 900, .violations = 900, .p95 = 9000});
        m_history->days[dayOf(now, m_berlin).from] = importedOf({.checks = 900, .checksWithViolations = 900});
        QCOMPARE(alertsOfHour(), QStringList());
        QCOMPARE(alertsOfDay(now), QStringList());
    }

    /// Hours before the first data say nothing of what is usual.
    void youngHistory_hasTooFewPoints()
    {
        m_history->hours[hourOf(now, m_berlin).from] = bucketOf({.violations = 105});
        m_history->first = now - std::chrono::days(9);
        QCOMPARE(alertsOfHour(), QStringList());
        m_history->first = now - std::chrono::days(10);
        QCOMPARE(alertsOfHour().size(), 1);
        m_history->first.reset();
        QCOMPARE(alertsOfHour(), QStringList());
    }

    void slowHour_isAgainstTheHoursWithChecks()
    {
        const Span hour = hourOf(now, m_berlin);
        for (const Span& before : hoursBefore(hour, 10))
            m_history->hours[before.from] = bucketOf({.checks = 1, .p95 = 10});
        m_history->hours[hour.from] = bucketOf({.checks = 1, .p95 = 31});
        QCOMPARE(alertsOfHour(),
                 QStringList{QStringLiteral("performance_degradation-p95CheckTime-20260704T1300Z")});
        m_history->hours[hour.from - 10h] = {};
        QCOMPARE(alertsOfHour(), QStringList());
    }

    void badDay_isAgainstTheDaysWithChecks()
    {
        const Span day = dayOf(now, m_berlin);
        for (const Span& before : daysBefore(day, 10, 1, m_berlin))
            m_history->days[before.from] = bucketOf({.checks = 100, .checksWithViolations = 10});
        m_history->days[day.from] = bucketOf({.checks = 50, .checksWithViolations = 20});
        QCOMPARE(alertsOfDay(now), QStringList{QStringLiteral("quality_drop-violationRate-20260703T2200Z")});
        m_history->days.erase(daysBefore(day, 10, 1, m_berlin)[9].from);
        QCOMPARE(alertsOfDay(now), QStringList());
    }

    void fewPeople_areExaminedWhenTheDayIsOver()
    {
        const Span day = dayOf(now, m_berlin);
        for (const Span& before : daysBefore(day, 4, 7, m_berlin))
            m_history->days[before.from] = bucketOf({.checks = 100}, 12);
        m_history->days[day.from] = bucketOf({.checks = 10}, 5);
        QCOMPARE(alertsOfDay(day.to - 1ms), QStringList());
        QCOMPARE(alertsOfDay(day.to), QStringList{QStringLiteral("usage_drop-activeUsers-20260703T2200Z")});
    }

    void nobody_whereAllIsImportedAfterwards_isNoDrop()
    {
        const Span day = dayOf(now, m_berlin);
        for (const Span& before : daysBefore(day, 4, 7, m_berlin))
            m_history->days[before.from] = importedOf({.checks = 100}, 12);
        QCOMPARE(alertsOfDay(day.to), QStringList());
        m_history->days[daysBefore(day, 4, 7, m_berlin)[2].from].isLive = true;
        QCOMPARE(alertsOfDay(day.to).size(), 1);
    }
};

PRISM_APPLESS_TEST(DetectorTest)
#include "tst_detector.moc"
