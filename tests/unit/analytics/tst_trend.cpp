#include "server/analytics/trend.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace prism::protocol;
using prism::analytics::makeTrend;

namespace {

QList<TrendPoint> points(const QList<double>& values, bool lastIsPartial = false)
{
    QList<TrendPoint> made;
    for (qsizetype i = 0; i < values.size(); ++i)
        made.append({fromMillis(i * 1000), values[i], lastIsPartial && i + 1 == values.size()});
    return made;
}

} // namespace

class TrendTest : public QObject
{
    Q_OBJECT

private slots:
    void direction_needsMoreThanATenthOfTheMean_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<int>("direction");
        QTest::newRow("nothing") << QList<double>{} << int(Direction::Stable);
        QTest::newRow("one") << QList<double>{5} << int(Direction::Stable);
        QTest::newRow("level") << QList<double>{5, 5, 5} << int(Direction::Stable);
        QTest::newRow("zeros") << QList<double>{0, 0, 0} << int(Direction::Stable);
        QTest::newRow("up") << QList<double>{1, 2, 3} << int(Direction::Up);
        QTest::newRow("down") << QList<double>{3, 2, 1} << int(Direction::Down);
        QTest::newRow("a tenth") << QList<double>{95, 100, 105} << int(Direction::Stable);
        QTest::newRow("over a tenth") << QList<double>{94, 100, 106} << int(Direction::Up);
    }

    void direction_needsMoreThanATenthOfTheMean()
    {
        QFETCH(QList<double>, values);
        QFETCH(int, direction);
        QCOMPARE(int(makeTrend(points(values)).direction), direction);
    }

    void line_isLeastSquares()
    {
        const Trend trend = makeTrend(points({1, 3, 2, 5}));
        QCOMPARE(trend.slope, 1.1);
        QVERIFY(std::abs(*trend.rSquared - 0.691429) < 1e-6);
        QVERIFY(!makeTrend(points({4, 4})).rSquared.has_value());
    }

    void runningBucket_doesNotBendTheLine()
    {
        const Trend trend = makeTrend(points({10, 10, 10, 0}, true));
        QCOMPARE(int(trend.direction), int(Direction::Stable));
        QCOMPARE(trend.slope, 0.0);
        QVERIFY(trend.changePoints.isEmpty());
    }

    void smoothed_isTheMeanOfSevenBucketsWithAValue()
    {
        QList<TrendPoint> some = points({7, 7, 7, 7, 7, 7, 7, 14});
        some[3].value.reset();
        const Trend trend = makeTrend(some);
        QCOMPARE(trend.smoothed.size(), 8);
        QCOMPARE(*trend.smoothed[0], 7.0);
        QCOMPARE(*trend.smoothed[7], (5 * 7 + 14) / 6.0);
        QList<TrendPoint> none = points({1});
        none[0].value.reset();
        QVERIFY(!makeTrend(none).smoothed[0].has_value());
    }

    void step_isMarkedOnlyWhenItIsLarge()
    {
        const Trend large = makeTrend(points({1, 2, 1, 2, 20, 21, 20}));
        QCOMPARE(large.changePoints.size(), 1);
        QCOMPARE(large.changePoints[0].start, fromMillis(4000));
        QCOMPARE(large.changePoints[0].before, 2.0);
        QCOMPARE(large.changePoints[0].after, 20.0);
        QVERIFY(makeTrend(points({0, 0, 0, 5, 5, 5})).changePoints.isEmpty());
        QCOMPARE(makeTrend(points({0, 0, 0, 6, 6, 6})).changePoints.size(), 1);
    }
};

PRISM_APPLESS_TEST(TrendTest)
#include "tst_trend.moc"
