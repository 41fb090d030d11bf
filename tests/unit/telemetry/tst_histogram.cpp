#include "server/telemetry/histogram.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_histogram {

using namespace prism::telemetry;

class HistogramTest : public QObject
{
    Q_OBJECT

    const std::array<quint64, 3> m_bounds{10, 20, 40};
    const Buckets m_buckets{m_bounds, 10};

private slots:
    void observation_fallsIntoTheFirstBucketThatHoldsIt_data()
    {
        QTest::addColumn<quint64>("value");
        QTest::addColumn<int>("bucket");
        QTest::newRow("nothing") << quint64(0) << 0;
        QTest::newRow("on a bound, which belongs to its bucket") << quint64(10) << 0;
        QTest::newRow("just over it") << quint64(11) << 1;
        QTest::newRow("on the last bound") << quint64(40) << 2;
        QTest::newRow("beyond") << quint64(41) << 3;
    }

    void observation_fallsIntoTheFirstBucketThatHoldsIt()
    {
        QFETCH(quint64, value);
        QFETCH(int, bucket);
        Histogram histogram(m_buckets);
        histogram.observe(value);
        std::vector<quint64> expected(4, 0);
        expected[std::size_t(bucket)] = 1;
        QCOMPARE(histogram.values().counts, expected);
        QCOMPARE(histogram.values().sum, value);
    }

    void countAndMean_areOfAllObservations()
    {
        Histogram histogram(m_buckets);
        QCOMPARE(histogram.values().mean(), 0.0);
        for (const quint64 value : {5U, 15U, 100U})
            histogram.observe(value);
        QCOMPARE(histogram.values().count(), quint64(3));
        QCOMPARE(histogram.values().mean(), 4.0);
    }

    void quantile_isSpreadEvenlyWithinItsBucket_data()
    {
        QTest::addColumn<QList<quint64>>("values");
        QTest::addColumn<double>("q");
        QTest::addColumn<double>("expected");
        QTest::newRow("nothing observed") << QList<quint64>{} << 0.5 << 0.0;
        QTest::newRow("one, in the second") << QList<quint64>{15} << 0.5 << 1.5;
        QTest::newRow("the last of a bucket") << QList<quint64>{1, 1, 15, 15} << 0.5 << 1.0;
        QTest::newRow("half of the third") << QList<quint64>{1, 1, 30, 30} << 0.75 << 3.0;
        QTest::newRow("beyond the last bound") << QList<quint64>{1, 500, 500} << 0.9 << 4.0;
    }

    void quantile_isSpreadEvenlyWithinItsBucket()
    {
        QFETCH(QList<quint64>, values);
        QFETCH(double, q);
        QFETCH(double, expected);
        Histogram histogram(m_buckets);
        for (const quint64 value : values)
            histogram.observe(value);
        QCOMPARE(histogram.values().quantile(q), expected);
    }

    void merge_addsBucketByBucket()
    {
        Histogram one(m_buckets);
        Histogram other(m_buckets);
        one.observe(5);
        one.observe(15);
        other.observe(15);
        other.observe(99);
        HistogramValues both = one.values();
        both.merge(other.values());
        QCOMPARE(both.counts, (std::vector<quint64>{1, 2, 0, 1}));
        QCOMPARE(both.sum, quint64(134));
    }

    void buckets_rise()
    {
        for (const Buckets& buckets : {durationBuckets(), sizeBuckets()})
            QVERIFY(std::is_sorted(buckets.bounds.begin(), buckets.bounds.end(), std::less_equal<>()));
    }
};

PRISM_TEST(HistogramTest)

} // namespace tst_histogram

#include "tst_histogram.moc"
