#include "tests/support/test_program.h"
#include "tests/unit/alerting/detector_test.h"

namespace tst_detector {

using namespace prism;
using namespace prism::alerting;
using namespace prism::test;
using namespace std::chrono_literals;
using protocol::AlertSeverity;

namespace {

using Sizes = QList<int>;

} // namespace

/// What is raised by what is seen live, and when it is over.
class TestDetector : public DetectorTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    void hours_areCountedFromMidnight_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<int>("offset"); ///< minutes from the hour of UTC
        QTest::addColumn<int>("hoursOfTheDay");
        QTest::newRow("UTC") << QByteArray("UTC") << 0 << 24;
        QTest::newRow("three quarters off") << QByteArray("Asia/Kathmandu") << 15 << 24;
        QTest::newRow("the clock goes forward") << QByteArray("Europe/Berlin") << 0 << 23;
    }

    void hours_areCountedFromMidnight()
    {
        QFETCH(QByteArray, zone);
        QFETCH(int, offset);
        QFETCH(int, hoursOfTheDay);
        const Timestamp sunday = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 3 / 29}} + 12h;
        Buckets buckets(QTimeZone(zone), sunday);
        const Span day{buckets.midnight(0), buckets.midnight(-1)};
        const std::vector<Span> hours = buckets.hours(day);
        QCOMPARE(int(hours.size()), hoursOfTheDay);
        QCOMPARE(hours.back().to, day.to);
        QCOMPARE((hours.front().from.time_since_epoch() % 1h).count(),
                 (std::chrono::minutes(offset) % 1h) / 1ms);
        QCOMPARE(buckets.days({day.from - 24h * 7, day.to}).back(), day);
        QCOMPARE(buckets.lastDay().to, day.from);
        QCOMPARE(buckets.weekdaysBefore(day, 8).back().to, buckets.midnight(55));
    }

    /// Hours of 20 checks one after the other, each judged when it is closed.
    void violationSpike_data()
    {
        QTest::addColumn<Sizes>("hits");
        QTest::addColumn<QString>("said"); ///< of each hour
        QTest::newRow("nothing but the usual") << Sizes{4, 6, 5, 4, 5, 5} << QStringLiteral(",,,,,");
        QTest::newRow("raised and high")
            << Sizes{5, 10, 12, 9, 11, 10, 12}
            << QStringLiteral(",,,raised medium,raised medium,raised medium,raised high");
        QTest::newRow("raised, high and over")
            << Sizes{14, 16, 15, 14, 13, 5, 4, 4}
            << QStringLiteral(
                   ",raised medium,raised high,raised high,raised high,raised high,raised high,over high");
        QTest::newRow("continued within a day")
            << Sizes{14, 16, 0, 0, 14, 16} << QStringLiteral(",raised medium,over medium,,,raised medium");
    }

    void violationSpike()
    {
        QFETCH(Sizes, hits);
        QFETCH(QString, said);
        quietHours();
        QStringList words;
        const Timestamp first = today + 1h;
        for (int i = 0; i < hits.size(); ++i) {
            setHour(first + i * 1h, partOf(20, hits[i]));
            words.append(this->words(AlertKind::ViolationSpike, first + (i + 1) * 1h + 5min));
        }
        QCOMPARE(words.join(QLatin1Char(',')), said);
    }

    /// A restart forgets nothing: who judges all at once says the same of the end.
    void violationSpike_isTheSameAfterARestart()
    {
        quietHours();
        const Sizes hits{14, 16, 15, 14, 13, 5};
        for (int i = 0; i < hits.size(); ++i)
            setHour(today + (i + 1) * 1h, partOf(20, hits[i]));
        const auto alert = judge(AlertKind::ViolationSpike, today + 7h + 5min);
        QVERIFY(alert);
        QCOMPARE(alert->severity, AlertSeverity::High);
        QCOMPARE(alert->id, QStringLiteral("violation_spike-violations-20260704T0200Z"));
        QCOMPARE(alert->since, std::optional(today + 1h));
        QCOMPARE(alert->value, 77.0);
        QCOMPARE(alert->checks, std::optional(qint64(120)));
        QVERIFY(std::abs(alert->expected - 27) < 1e-9);
        QCOMPARE(alert->metric, QStringLiteral("violations"));
        QVERIFY(!judge(AlertKind::ViolationSpike, today + 7h + 6min)); // nothing is new
    }

    /// What is usual is what was so in the 28 days before those that are looked back at; fewer than ten hours
    /// or days of it say nothing.
    void usual_isOfTheTwentyEightDaysBefore_data()
    {
        QTest::addColumn<AlertKind>("kind");
        QTest::addColumn<Timestamp>("tenth");
        QTest::addColumn<bool>("isKnown");
        const auto hours = AlertKind::ViolationSpike;
        QTest::newRow("the first hour") << hours << today - Days(35) << true;
        QTest::newRow("the hour before") << hours << today - Days(35) - 1h << false;
        QTest::newRow("the last hour") << hours << today - Days(7) - 1h << true;
        QTest::newRow("the first hour that is looked back at") << hours << today - Days(7) << false;
        const auto days = AlertKind::QualityDrop;
        QTest::newRow("the first day") << days << today - Days(42) << true;
        QTest::newRow("the day before") << days << today - Days(43) << false;
        QTest::newRow("the last day") << days << today - Days(15) << true;
        QTest::newRow("the first day that is looked back at") << days << today - Days(14) << false;
    }

    void usual_isOfTheTwentyEightDaysBefore()
    {
        QFETCH(const AlertKind, kind);
        QFETCH(const Timestamp, tenth);
        QFETCH(const bool, isKnown);
        const analytics::Bucket usual = importedOf(partOf(20, 2, 2));
        for (int i = 0; i < 9; ++i) {
            m_history->hours[today - Days(20) + i * 1h] = usual;
            m_history->days[today - Days(20 + i)] = usual;
        }
        (kind == AlertKind::ViolationSpike ? m_history->hours : m_history->days)[tenth] = usual;
        setHour(runningHour, partOf(20, 40));
        m_history->days[today] = bucketOf(partOf(200, 0, 180));
        QCOMPARE(words(kind).isEmpty(), !isKnown);
    }

    void runningHour_isJudgedAsIfItEnded()
    {
        quietHours();
        setHour(runningHour, partOf(5, 11));
        QCOMPARE(words(AlertKind::ViolationSpike), QString());
        setHour(runningHour, partOf(5, 12));
        QCOMPARE(words(AlertKind::ViolationSpike), QStringLiteral("raised medium"));
        setHour(runningHour, partOf(5, 25));
        QCOMPARE(words(AlertKind::ViolationSpike), QStringLiteral("raised high"));
    }

    /// What was raised by the running hour stays when it closes with a little less, and ends with much less.
    void raisedByTheRunningHour_staysUntilItHasFallen_data()
    {
        QTest::addColumn<int>("checks");
        QTest::addColumn<QString>("said");
        QTest::newRow("a little less") << 12 << QStringLiteral("raised medium");
        QTest::newRow("much less") << 30 << QStringLiteral("over medium");
    }

    void raisedByTheRunningHour_staysUntilItHasFallen()
    {
        QFETCH(int, checks);
        QFETCH(QString, said);
        quietHours();
        setHour(runningHour, partOf(5, 12));
        QCOMPARE(words(AlertKind::ViolationSpike), QStringLiteral("raised medium"));
        setHour(runningHour, partOf(checks, 12));
        QCOMPARE(words(AlertKind::ViolationSpike, runningHour + 59min), QString()); // until it is closed
        QCOMPARE(words(AlertKind::ViolationSpike, runningHour + 1h + 5min), said);
    }

    void nightlyReport_raisesNothing()
    {
        quietHours();
        for (int day = 1; day <= 7; ++day) {
            setHour(today - Days(day) + 2h, partOf(1, 10)); // at most ten of a check
            for (int hour = 9; hour < 17; ++hour)
                setHour(today - Days(day) + hour * 1h, partOf(20, 4));
        }
        QCOMPARE(words(AlertKind::ViolationSpike), QString());
    }

    void afterADay_itIsAnotherAlert_data()
    {
        QTest::addColumn<int>("hoursLater");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("a day after its end") << 23 << true; // judged when the hour is closed
        QTest::newRow("later") << 25 << false;
    }

    void afterADay_itIsAnotherAlert()
    {
        QFETCH(int, hoursLater);
        QFETCH(bool, isSame);
        quietHours();
        const Timestamp first = today - Days(2);
        setHour(first, partOf(20, 20));
        const auto before = judge(AlertKind::ViolationSpike, first + 50min);
        QVERIFY(before);
        setHour(first + 1h, partOf(40, 0));
        const auto over = judge(AlertKind::ViolationSpike, first + 2h + 5min);
        QVERIFY(over && over->state == AlertState::Resolved);
        QCOMPARE(over->resolvedAt, std::optional(first + 2h));
        const Timestamp again = first + 2h + hoursLater * 1h;
        setHour(again, partOf(20, 30));
        const auto after = judge(AlertKind::ViolationSpike, again + 50min);
        QVERIFY(after);
        QCOMPARE(after->state, AlertState::Open);
        QCOMPARE(after->id == before->id, isSame);
        QCOMPARE(after->since, std::optional(again)); // nothing before its end counts again
    }

    /// The marks say that they were none.
    void markedViolations_endIt()
    {
        quietHours();
        setHour(runningHour - 2h, partOf(20, 30));
        const auto raised = judge(AlertKind::ViolationSpike);
        QVERIFY(raised && raised->isOpen());
        setHour(runningHour - 2h, partOf(20, 0));
        QCOMPARE(words(AlertKind::ViolationSpike),
                 QStringLiteral("over ") + protocol::nameOf(protocol::alertSeverityNames, raised->severity));
        QCOMPARE(words(AlertKind::ViolationSpike), QString());
    }

    /// One check in 20 of the usual ones is slow: over 100 ms.
    void performanceDegradation()
    {
        quietHours(50);
        for (auto& [start, bucket] : m_history->hours) {
            bucket.all.durations = {};
            for (int i = 0; i < 20; ++i)
                bucket.all.durations.add(i < 2 ? 100 : 50);
        }
        setHour(runningHour, partOf(6, 0, 0, 100)); // as long as the slowest twentieth
        QCOMPARE(words(AlertKind::PerformanceDegradation), QString());
        setHour(runningHour, partOf(9, 0, 0, 150));
        const auto alert = judge(AlertKind::PerformanceDegradation);
        QVERIFY(alert);
        QCOMPARE(alert->value, 9.0);
        QCOMPARE(alert->checks, std::optional(qint64(9)));
        QVERIFY(alert->limitMs && std::abs(*alert->limitMs - 100) <= 1);
        QCOMPARE(alert->metric, QStringLiteral("slowChecks"));
    }

    /// What is allowed counts where the usual checks are slower.
    void performanceDegradation_isOverWhatIsAllowed()
    {
        quietHours(50);
        m_settings.performanceThresholdMs = 20;
        setHour(runningHour, partOf(9, 0, 0, 30));
        QCOMPARE(words(AlertKind::PerformanceDegradation), QString()); // all are over it, as ever
        m_settings.performanceThresholdMs = 60;
        setHour(runningHour, partOf(9, 0, 0, 70));
        QCOMPARE(words(AlertKind::PerformanceDegradation), QStringLiteral("raised medium"));
    }

    void qualityDrop_data()
    {
        QTest::addColumn<int>("violating"); ///< of 100 checks today
        QTest::addColumn<QString>("said");
        QTest::newRow("as usual") << 20 << QString();
        QTest::newRow("more") << 34 << QString();
        QTest::newRow("too many") << 36 << QStringLiteral("raised medium");
        QTest::newRow("far too many") << 60 << QStringLiteral("raised high");
    }

    void qualityDrop()
    {
        QFETCH(int, violating);
        QFETCH(QString, said);
        for (int day = 15; day <= 42; ++day)
            m_history->days[today - Days(day)] = importedOf(partOf(100, 0, 20));
        m_history->days[today] = bucketOf(partOf(100, 0, violating));
        QCOMPARE(words(AlertKind::QualityDrop), said);
    }

    /// Of yesterday, a Friday that usually has ten people.
    void usageDrop_data()
    {
        QTest::addColumn<int>("users");
        QTest::addColumn<QString>("said");
        QTest::newRow("all") << 10 << QString();
        QTest::newRow("fewer, as chance has it") << 4 << QString();
        QTest::newRow("too few") << 3 << QStringLiteral("raised high");
    }

    void usageDrop()
    {
        QFETCH(int, users);
        QFETCH(QString, said);
        const Timestamp friday = today - Days(1);
        for (int week = 1; week <= 8; ++week)
            m_history->days[friday - Days(7 * week)] = bucketOf(partOf(10, 0), 10);
        m_history->days[friday] = bucketOf(partOf(3, 0), users);
        QCOMPARE(words(AlertKind::UsageDrop, today + 5min - 1ms), QString()); // it is not closed
        QCOMPARE(words(AlertKind::UsageDrop, today + 5min), said);
        QCOMPARE(words(AlertKind::UsageDrop, today + 6min), QString());
        if (said.isEmpty())
            return;
        QCOMPARE(m_history->alerts[AlertKind::UsageDrop].since, std::optional(friday));
        for (int week = 1; week <= 8; ++week)
            m_history->days[today - Days(7 * week)] = bucketOf(partOf(10, 0), 10);
        m_history->days[today] = bucketOf(partOf(10, 0), 9);
        QCOMPARE(words(AlertKind::UsageDrop, today + 24h + 5min), QStringLiteral("over high"));
    }

    /// Hours of so many checks of so many ms, oldest first, the last of them being closed.
    void slowChecks_data()
    {
        using Hours = QList<std::pair<int, double>>;
        QTest::addColumn<Hours>("hours");
        QTest::addColumn<QString>("said");
        const std::pair slow(20, 1'500.0), fast(20, 20.0), few(19, 9'000.0);
        QTest::newRow("fast") << Hours{fast, fast} << QString();
        QTest::newRow("one slow") << Hours{fast, slow} << QString();
        QTest::newRow("two slow") << Hours{slow, slow} << QStringLiteral("raised medium");
        QTest::newRow("too few checks") << Hours{few, few, few} << QString();
        QTest::newRow("too few between") << Hours{slow, few, slow} << QStringLiteral("raised medium");
        QTest::newRow("one slow alone") << Hours{slow} << QString();
    }

    void slowChecks()
    {
        using Hours = QList<std::pair<int, double>>;
        QFETCH(Hours, hours);
        QFETCH(QString, said);
        for (int i = 0; i < hours.size(); ++i)
            setHour(runningHour - (int(hours.size()) - i) * 1h,
                    partOf(hours[i].first, 0, 0, hours[i].second));
        setHour(runningHour, partOf(100, 0, 0, 20)); // it is not complete
        QCOMPARE(words(AlertKind::SlowChecks), said);
        if (said.isEmpty())
            return;
        const Alert& alert = m_history->alerts[AlertKind::SlowChecks];
        QCOMPARE(alert.limitMs, std::optional(1'000.0));
        QCOMPARE(alert.expected, 1'000.0);
        QVERIFY(std::abs(alert.value - 1'500) <= 15);
        QCOMPARE(words(AlertKind::SlowChecks, now + 1h), QString()); // one that keeps the promise
        setHour(runningHour + 1h, partOf(20, 0, 0, 20));
        QCOMPARE(words(AlertKind::SlowChecks, now + 2h), QStringLiteral("over medium"));
        QCOMPARE(m_history->alerts[AlertKind::SlowChecks].resolvedAt, std::optional(runningHour + 2h));
    }
};

PRISM_TEST(TestDetector)

} // namespace tst_detector

#include "tst_detector.moc"
