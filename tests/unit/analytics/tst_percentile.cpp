#include "server/analytics/percentile.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_percentile {

using prism::analytics::percentile;

class PercentileTest : public QObject
{
    Q_OBJECT

private slots:
    void nearestRank_isAValueThatOccurred_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("fraction");
        QTest::addColumn<double>("expected");
        QTest::newRow("median of one") << 1 << 0.5 << 1.0;
        QTest::newRow("median of two") << 2 << 0.5 << 1.0;
        QTest::newRow("median of three") << 3 << 0.5 << 2.0;
        QTest::newRow("p95 of 20") << 20 << 0.95 << 19.0;
        QTest::newRow("p95 of 100") << 100 << 0.95 << 95.0;
        QTest::newRow("p99 of 100") << 100 << 0.99 << 99.0;
        QTest::newRow("p99 of 10") << 10 << 0.99 << 10.0;
        QTest::newRow("maximum") << 10 << 1.0 << 10.0;
    }

    void nearestRank_isAValueThatOccurred()
    {
        QFETCH(int, count);
        QFETCH(double, fraction);
        QFETCH(double, expected);
        std::vector<double> values;
        for (int i = count; i >= 1; --i)
            values.push_back(i);
        QCOMPARE(percentile(values, fraction), std::optional(expected));
    }

    void nothing_hasNoPercentile()
    {
        std::vector<double> values;
        QVERIFY(!percentile(values, 0.5).has_value());
    }
};

PRISM_APPLESS_TEST(PercentileTest)

} // namespace tst_percentile

#include "tst_percentile.moc"
