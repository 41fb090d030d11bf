#include "server/analytics/comparison.h"
#include "server/analytics/sheet.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_comparison {

using namespace prism::analytics;
using prism::protocol::Comparison;
using prism::protocol::Dashboard;
using prism::protocol::Difference;
using prism::protocol::Direction;
using prism::protocol::NoVerdict;

class ComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void differentPeriods_areComparedByTheDay_andNotJudged()
    {
        Dashboard before;
        before.summary.totalChecks = 100;
        before.summary.violations = 40;
        before.summary.activeUsers = 0;
        before.performance.p95CheckTime = 80;
        before.quality.violationRate = 0.40001;
        Dashboard after = before;
        after.summary.totalChecks = 15;
        after.summary.violations = 8;
        after.summary.activeUsers = 3;
        after.performance.p95CheckTime = 60;
        after.performance.avgCheckTime = 5;
        after.quality.violationRate = 0.40002; // the same in 4 places
        const Assessments said({}, NoVerdict::DifferentPeriods);
        const Comparison comparison = compare({numbersOf(before), 10}, {numbersOf(after), 2}, said);
        const auto find = [&](const char* name) {
            for (const Difference& each : comparison.differences) {
                if (each.name == QLatin1String(name))
                    return each;
            }
            return Difference();
        };
        QVERIFY(find("totalChecks").perDay && find("violations").perDay);
        QCOMPARE(*find("totalChecks").baseline, 10.0);
        QCOMPARE(*find("totalChecks").current, 7.5);
        QCOMPARE(*find("totalChecks").change, -2.5);
        QCOMPARE(*find("totalChecks").changePercent, -25.0);
        QCOMPARE(int(find("violations").trend), int(Direction::Stable));
        QVERIFY(!find("activeUsers").perDay); // the same person on two days is one
        QCOMPARE(*find("activeUsers").change, 3.0);
        QVERIFY(!find("activeUsers").changePercent);
        QCOMPARE(*find("p95CheckTime").change, -20.0);
        QVERIFY(!find("avgCheckTime").change);
        QCOMPARE(int(find("violationRate").trend), int(Direction::Stable));
        for (const Difference& each : comparison.differences) {
            QVERIFY(!each.better && !each.assessment.verdict);
            QCOMPARE(int(*each.assessment.reason), int(NoVerdict::DifferentPeriods));
        }
        QCOMPARE(comparison.improvements, 0);
        QCOMPARE(comparison.degradations, 0);
        QCOMPARE(toJson(comparison)[QLatin1String("summary")][QLatin1String("totalChanges")].toInt(), 3);
    }

    void csv_quotesAndNeutralises_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("plain") << QStringLiteral("a b") << QByteArray("\"a b\"");
        QTest::newRow("quotes") << QStringLiteral("a\"b,\r\nc") << QByteArray("\"a\"\"b,\r\nc\"");
        QTest::newRow("formula") << QStringLiteral("=1+1") << QByteArray("\"'=1+1\"");
        QTest::newRow("plus") << QStringLiteral("+1") << QByteArray("\"'+1\"");
        QTest::newRow("minus") << QStringLiteral("-1") << QByteArray("\"'-1\"");
        QTest::newRow("at") << QStringLiteral("@SUM") << QByteArray("\"'@SUM\"");
        QTest::newRow("tab") << QStringLiteral("\t=1") << QByteArray("\"'\t=1\"");
        QTest::newRow("inside") << QStringLiteral("a=1") << QByteArray("\"a=1\"");
    }

    void csv_quotesAndNeutralises()
    {
        QFETCH(const QString, text);
        QFETCH(const QByteArray, cell);
        QCOMPARE(toCsv({{text, 0.25, QStringLiteral("c")}}),
                 "\"Metric\",\"Value\",\"Category\"\r\n" + cell + ",\"0.25\",\"c\"\r\n");
        QCOMPARE(toCsv({{QStringLiteral("m"), {}, text}}),
                 "\"Metric\",\"Value\",\"Category\"\r\n\"m\",\"\"," + cell + "\r\n");
    }
};

PRISM_APPLESS_TEST(ComparisonTest)

} // namespace tst_comparison

#include "tst_comparison.moc"
