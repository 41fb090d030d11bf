#include "server/analytics/comparison.h"
#include "server/analytics/sheet.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace prism::analytics;
using prism::protocol::Comparison;
using prism::protocol::Dashboard;
using prism::protocol::Difference;
using prism::protocol::Direction;

class ComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void change_isBetterByWhatIsWished()
    {
        Dashboard before;
        before.summary.totalChecks = 10;
        before.summary.violations = 4;
        before.performance.p95CheckTime = 80;
        before.quality.violationRate = 0.40001;
        Dashboard after = before;
        after.summary.totalChecks = 15;
        after.summary.violations = 6;
        after.performance.p95CheckTime = 60;
        after.performance.avgCheckTime = 5;
        after.quality.violationRate = 0.40002; // the same in 4 places
        const Comparison comparison = compare(numbersOf(before), numbersOf(after));
        const auto find = [&](const char* name) {
            for (const Difference& each : comparison.differences) {
                if (each.name == QLatin1String(name))
                    return each;
            }
            return Difference();
        };
        QCOMPARE(*find("totalChecks").change, 5.0);
        QCOMPARE(*find("totalChecks").changePercent, 50.0);
        QCOMPARE(find("totalChecks").better, std::optional(true));
        QCOMPARE(find("violations").better, std::optional(false));
        QCOMPARE(int(find("violations").trend), int(Direction::Up));
        QCOMPARE(*find("p95CheckTime").change, -20.0);
        QCOMPARE(find("p95CheckTime").better, std::optional(true));
        QVERIFY(!find("avgCheckTime").change && !find("avgCheckTime").better);
        QCOMPARE(int(find("violationRate").trend), int(Direction::Stable));
        QVERIFY(!find("violationRate").better);
        QVERIFY(find("activeUsers").change && !find("activeUsers").changePercent);
        QCOMPARE(comparison.improvements, 2);
        QCOMPARE(comparison.degradations, 1);
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
#include "tst_comparison.moc"
