#include "server/analytics/duration_histogram.h"
#include "server/analytics/percentile.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <random>

namespace tst_duration_histogram {

using namespace prism::analytics;
using namespace Qt::StringLiterals;

namespace {

using Random = std::mt19937_64;
using Shape = std::function<double(Random&)>;

double between(Random& random, double low, double high)
{
    return std::uniform_real_distribution<double>(low, high)(random);
}

} // namespace

/// Times in buckets, beside the times themselves.
class DurationHistogramTest : public QObject
{
    Q_OBJECT

private slots:
    void percentiles_areWithinOnePercent_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::newRow("uniform") << Shape([](Random& r) { return between(r, 0.5, 300); });
        QTest::newRow("log-normal") << Shape(
            [](Random& r) { return std::lognormal_distribution<double>(3, 2)(r); });
        QTest::newRow("bimodal") << Shape(
            [](Random& r) { return std::abs(std::normal_distribution<double>(r() % 2 ? 5 : 5000, 1)(r)); });
        QTest::newRow("constant") << Shape([](Random&) { return 12.345; });
        QTest::newRow("heavy tail") << Shape(
            [](Random& r) { return 0.01 / std::pow(between(r, 1e-9, 1), 1.2); });
        QTest::newRow("about a microsecond") << Shape([](Random& r) { return between(r, 0.001, 0.003); });
        QTest::newRow("about a day") << Shape([](Random& r) { return between(r, 4e7, 8.64e7); });
        QTest::newRow("a microsecond to a day")
            << Shape([](Random& r) { return 0.001 * std::pow(8.64e10, between(r, 0, 1)); });
    }

    void percentiles_areWithinOnePercent()
    {
        QFETCH(Shape, shape);
        for (const int count : {1, 2, 10, 999, 20'000}) {
            Random random(quint64(count) + 7);
            DurationHistogram histogram;
            std::vector<double> values;
            double sum = 0;
            for (int i = 0; i < count; ++i) {
                values.push_back(shape(random));
                histogram.add(values.back());
                sum += values.back();
            }
            for (const double fraction : {0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
                const double exact = *percentile(values, fraction);
                const double near = *histogram.percentile(fraction);
                QVERIFY2(std::abs(near - exact) <= 0.01 * exact,
                         qPrintable(u"%1 of %2: %3 for %4"_s.arg(fraction).arg(count).arg(near).arg(exact)));
            }
            QCOMPARE(histogram.count(), qint64(count));
            QCOMPARE(*histogram.mean(), sum / count);
            QCOMPARE(*histogram.shortest(), *std::min_element(values.begin(), values.end()));
            QCOMPARE(*histogram.longest(), *std::max_element(values.begin(), values.end()));
        }
    }

    void durations_beyondTheBuckets_keepTheirBounds()
    {
        DurationHistogram histogram;
        QVERIFY(!histogram.percentile(0.5) && !histogram.mean() && !histogram.longest());
        histogram.add(0);
        QCOMPARE(histogram.percentile(0.5), std::optional(0.0));
        histogram.add(1e300);
        QCOMPARE(histogram.longest(), std::optional(1e300));
        QCOMPARE(histogram.shortest(), std::optional(0.0));
        QVERIFY(*histogram.percentile(1) > 1e12);
    }

    void longerOnes_areCountedWithinOnePercent_data()
    {
        QTest::addColumn<double>("limit");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        QTest::newRow("shorter than all") << 0.5 << qint64(1'000) << qint64(1'000);
        QTest::newRow("one of them") << 500.0 << qint64(495) << qint64(500);
        QTest::newRow("between two") << 900.5 << qint64(91) << qint64(100);
        QTest::newRow("the longest") << 1'000.0 << qint64(0) << qint64(0);
        QTest::newRow("longer than all") << 1e9 << qint64(0) << qint64(0);
    }

    void longerOnes_areCountedWithinOnePercent()
    {
        QFETCH(double, limit);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        DurationHistogram histogram;
        QCOMPARE(histogram.countAbove(limit), 0);
        for (int i = 1; i <= 1'000; ++i)
            histogram.add(i);
        const qint64 count = histogram.countAbove(limit);
        QVERIFY2(count >= least && count <= most, qPrintable(QString::number(count)));
    }
};

PRISM_APPLESS_TEST(DurationHistogramTest)

} // namespace tst_duration_histogram

#include "tst_duration_histogram.moc"
