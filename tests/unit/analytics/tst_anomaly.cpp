#include "server/analytics/anomaly.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>

using namespace prism::analytics;
using prism::protocol::AlertSettings;

namespace {

using Values = std::vector<double>;

/// Median 10 and a median absolute deviation of 2.
const Values usual{6, 8, 10, 12, 14, 8, 12, 10, 8, 12, 14};

Values repeated(std::size_t count, double value)
{
    return Values(count, value);
}

/// "medium", "high", or "" for nothing out of the ordinary.
QString severityOf(const std::optional<Anomaly>& anomaly)
{
    if (!anomaly)
        return {};
    return prism::protocol::nameOf(prism::protocol::alertSeverityNames, anomaly->severity);
}

} // namespace

Q_DECLARE_METATYPE(Values)

/// When a number is out of the ordinary.
class AnomalyTest : public QObject
{
    Q_OBJECT

private slots:
    void median_isTheMiddle()
    {
        QCOMPARE(median({3}), 3.0);
        QCOMPARE(median({9, 1, 5}), 5.0);
        QCOMPARE(median({9, 1, 5, 2}), 3.5);
        QCOMPARE(median(usual), 10.0);
        QCOMPARE(medianDeviation(usual, 10), 2.0);
    }

    void robustScore_isInDeviations()
    {
        QCOMPARE(robustScore(14, usual, 1), 0.6745 * 2);
        QCOMPARE(robustScore(6, usual, 1), -0.6745 * 2);
        QCOMPARE(robustScore(14, usual, 4), 0.6745);
        QCOMPARE(robustScore(7, repeated(10, 7), 0), 0.0);
        QVERIFY(std::isinf(robustScore(8, repeated(10, 7), 0)));
        QVERIFY(robustScore(6, repeated(10, 7), 0) < 0);
    }

    void violationSpike_data()
    {
        QTest::addColumn<int>("violations");
        QTest::addColumn<Values>("history");
        QTest::addColumn<QString>("severity");
        const auto row = [](const char* name, int violations, const Values& history, const char* severity) {
            QTest::newRow(name) << violations << history << QString::fromLatin1(severity);
        };
        row("as usual", 10, usual, "");
        row("just below", 17, usual, "");            // z 2.36
        row("above", 18, usual, "medium");           // z 2.70
        row("just below high", 20, usual, "medium"); // z 3.37
        row("high", 21, usual, "high");              // z 3.71
        row("few", 0, usual, "");
        row("nine points", 100, repeated(9, 1), "");
        row("ten points", 100, repeated(10, 1), "high");
        row("quiet, four more", 4, repeated(28, 0), ""); // z 2.70, but fewer than 5 more
        row("quiet, five more", 5, repeated(28, 0), "medium");
        row("quiet, six more", 6, repeated(28, 0), "high");
        row("no history", 100, {}, "");
    }

    void violationSpike()
    {
        QFETCH(int, violations);
        QFETCH(Values, history);
        const auto anomaly = prism::analytics::violationSpike(violations, history, AlertSettings());
        QTEST(severityOf(anomaly), "severity");
        if (anomaly) {
            QCOMPARE(anomaly->value, double(violations));
            QCOMPARE(anomaly->expected, median(history));
        }
    }

    void violationSpike_followsTheSettings()
    {
        AlertSettings settings;
        settings.violationSpikeMinimum = 9;
        QVERIFY(!prism::analytics::violationSpike(18, usual, settings));
        settings.violationSpikeMinimum = 8;
        QVERIFY(prism::analytics::violationSpike(18, usual, settings));
        settings.violationSpikeScore = 2.8;
        QVERIFY(!prism::analytics::violationSpike(18, usual, settings));
        settings.violationSpikeScore = settings.violationSpikeHighScore = 2.6;
        QCOMPARE(severityOf(prism::analytics::violationSpike(18, usual, settings)), QStringLiteral("high"));
    }

    void performanceDegradation_data()
    {
        QTest::addColumn<double>("p95");
        QTest::addColumn<Values>("history");
        QTest::addColumn<QString>("severity");
        QTest::addColumn<double>("expected");
        const auto row = [](const char* name, double p95, const Values& history, const char* severity,
                            double expected) {
            QTest::newRow(name) << p95 << history << QString::fromLatin1(severity) << expected;
        };
        row("at the threshold", 1000, {}, "", 0);
        row("over the threshold", 1001, {}, "medium", 1000);
        row("twice the threshold", 2000, {}, "medium", 1000);
        row("over twice the threshold", 2001, {}, "high", 1000);
        row("three times as usual", 300, repeated(10, 100), "", 0);
        row("over three times as usual", 301, repeated(10, 100), "medium", 100);
        row("over six times as usual", 601, repeated(10, 100), "high", 100);
        row("too few hours to know", 999, repeated(9, 100), "", 0);
        row("always slow", 1500, repeated(100, 1500), "medium", 1500);
    }

    void performanceDegradation()
    {
        QFETCH(double, p95);
        QFETCH(Values, history);
        const auto anomaly = prism::analytics::performanceDegradation(p95, history, AlertSettings());
        QTEST(severityOf(anomaly), "severity");
        QTEST(anomaly ? anomaly->expected : 0, "expected");
    }

    void performanceDegradation_followsTheSettings()
    {
        AlertSettings settings;
        settings.performanceThresholdMs = 50;
        QVERIFY(prism::analytics::performanceDegradation(51, {}, settings));
        settings.performanceFactor = 2;
        QVERIFY(prism::analytics::performanceDegradation(41, repeated(10, 20), settings));
    }

    void usageDrop_data()
    {
        QTest::addColumn<int>("users");
        QTest::addColumn<Values>("history");
        QTest::addColumn<bool>("raised");
        QTest::newRow("half") << 6 << repeated(4, 12) << false;
        QTest::newRow("less than half") << 5 << repeated(4, 12) << true;
        QTest::newRow("nobody") << 0 << repeated(4, 12) << true;
        QTest::newRow("nobody of four") << 0 << repeated(4, 4) << false;
        QTest::newRow("nobody of five") << 0 << repeated(4, 5) << true;
        QTest::newRow("two weeks") << 0 << repeated(2, 12) << false;
        QTest::newRow("three weeks") << 0 << repeated(3, 12) << true;
        QTest::newRow("one holiday among them") << 5 << Values{12, 0, 12, 12} << true;
        QTest::newRow("more") << 30 << repeated(4, 12) << false;
    }

    void usageDrop()
    {
        QFETCH(int, users);
        QFETCH(Values, history);
        QFETCH(bool, raised);
        const auto anomaly = prism::analytics::usageDrop(users, history, AlertSettings());
        QCOMPARE(severityOf(anomaly), raised ? QStringLiteral("high") : QString());
        AlertSettings strict;
        strict.usageDropShare = 0.99;
        QVERIFY(users == 0 || !prism::analytics::usageDrop(users, history, strict));
    }

    void qualityDrop_data()
    {
        QTest::addColumn<int>("bad");
        QTest::addColumn<int>("checks");
        QTest::addColumn<Values>("history");
        QTest::addColumn<bool>("raised");
        const Values rates{0.06, 0.08, 0.1, 0.12, 0.14, 0.08, 0.12, 0.1, 0.08, 0.12, 0.14}; // MAD 0.02
        QTest::newRow("as usual") << 10 << 100 << rates << false;
        QTest::newRow("just below") << 17 << 100 << rates << false;
        QTest::newRow("above") << 18 << 100 << rates << true;
        QTest::newRow("one bad check") << 1 << 1 << rates << false;
        QTest::newRow("five more than usual") << 10 << 50 << rates << true;
        QTest::newRow("four more than usual") << 9 << 50 << rates << false;
        QTest::newRow("nine days") << 50 << 100 << repeated(9, 0.1) << false;
        QTest::newRow("ten days") << 50 << 100 << repeated(10, 0.1) << true;
        QTest::newRow("within the floor") << 1150 << 10000 << repeated(28, 0.1) << false; // z 2.02
        QTest::newRow("beyond the floor") << 1200 << 10000 << repeated(28, 0.1) << true;  // z 2.70
        QTest::newRow("never a bad one, four") << 4 << 100 << repeated(28, 0) << false;
        QTest::newRow("never a bad one, five") << 5 << 100 << repeated(28, 0) << true;
        QTest::newRow("no checks") << 0 << 0 << rates << false;
        QTest::newRow("better") << 0 << 100 << rates << false;
    }

    void qualityDrop()
    {
        QFETCH(int, bad);
        QFETCH(int, checks);
        QFETCH(Values, history);
        QFETCH(bool, raised);
        const auto anomaly = prism::analytics::qualityDrop(bad, checks, history, AlertSettings());
        QCOMPARE(severityOf(anomaly), raised ? QStringLiteral("medium") : QString());
    }

    void messages_nameBothNumbers()
    {
        const AlertSettings settings;
        QCOMPARE(prism::analytics::violationSpike(30, usual, settings)->message,
                 QStringLiteral("30 violations in an hour that usually has 10."));
        QCOMPARE(
            prism::analytics::performanceDegradation(1234.56, {}, settings)->message,
            QStringLiteral(
                "One check in 20 of this hour took 1234.6 ms or longer; more than 1000 ms is too slow."));
        QCOMPARE(prism::analytics::usageDrop(2, repeated(4, 12), settings)->message,
                 QStringLiteral("2 people were active on a weekday that usually has 12."));
        QCOMPARE(prism::analytics::qualityDrop(25, 100, repeated(10, 0.125), settings)->message,
                 QStringLiteral("25 % of the day's checks have violations; 12.5 % are usual."));
    }
};

PRISM_APPLESS_TEST(AnomalyTest)
#include "tst_anomaly.moc"
