#include "server/statistics/change.h"
#include "server/statistics/change_points.h"
#include "server/statistics/direction.h"
#include "server/statistics/seasonal_forecast.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>

namespace tst_statistics_boundaries {

using namespace prism::statistics;

namespace {

/// What is usual between days that do not differ: chance alone.
Noise quiet(Measure measure, const Measured& day)
{
    Noise noise;
    for (int i = 0; i < Noise::leastPairs; ++i)
        noise.add(measure, {day, day}, 0);
    return noise;
}

/// A line of `values` values from `first` on.
Series line(int values, double first, double step)
{
    Series series;
    for (int i = 0; i < values; ++i)
        series.emplace_back(first + step * i);
    return series;
}

/// Twelve buckets of one level and twelve of another.
Series twoLevels(double before, double after)
{
    Series series(12, before);
    series.resize(24, after);
    return series;
}

} // namespace

/// Where one answer ends and the next begins: what lies at, below and above each limit.
class StatisticsBoundariesTest : public QObject
{
    Q_OBJECT

private slots:
    void difference_data()
    {
        QTest::addColumn<Measure>("measure");
        QTest::addColumn<Pair>("pair");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("weight");
        QTest::newRow("counts") << Measure::Count << Pair{{15, 0}, {5, 0}} << 0.5 << 20.0;
        QTest::newRow("a count of nothing") << Measure::Count << Pair{{0, 0}, {5, 0}} << -1.0 << 5.0;
        QTest::newRow("less than one") << Measure::Count << Pair{{0.5, 0}, {0, 0}} << 1.0 << 0.5;
        QTest::newRow("no counts") << Measure::Count << Pair{{0, 9}, {0, 9}} << 0.0 << 0.0;
        QTest::newRow("rates") << Measure::Rate << Pair{{60, 400}, {50, 100}} << -0.35 << 80.0;
        QTest::newRow("of one each") << Measure::Rate << Pair{{1, 1}, {0, 1}} << 1.0 << 0.5;
        QTest::newRow("a rate of nothing") << Measure::Rate << Pair{{0, 0}, {50, 100}} << 0.0 << 0.0;
        QTest::newRow("rates of nothing") << Measure::Rate << Pair{{0, 0}, {0, 0}} << 0.0 << 0.0;
        QTest::newRow("times") << Measure::Time << Pair{{200, 100}, {100, 300}} << std::log(2) << 75.0;
        QTest::newRow("short times") << Measure::Time << Pair{{1, 2}, {0.5, 2}} << std::log(2) << 1.0;
        QTest::newRow("no time") << Measure::Time << Pair{{0, 100}, {100, 300}} << 0.0 << 0.0;
        QTest::newRow("no time before") << Measure::Time << Pair{{100, 100}, {0, 300}} << 0.0 << 0.0;
        QTest::newRow("a time of nothing") << Measure::Time << Pair{{9, 100}, {9, 0}} << 0.0 << 0.0;
    }

    void difference()
    {
        QFETCH(const Measure, measure);
        QFETCH(const Pair, pair);
        QFETCH(const double, value);
        QFETCH(const double, weight);
        const Difference difference = differenceOf(measure, pair);
        QCOMPARE(difference.value, value);
        QCOMPARE(difference.weight, weight);
        Noise noise;
        noise.add(measure, pair, 0);
        QCOMPARE(noise.pairs(), weight > 0 ? 1 : 0);
        const auto change = changeOf(measure, pair, quiet(measure, {10, 20}), false);
        QCOMPARE(change.has_value(), weight > 0);
    }

    void verdict_data()
    {
        QTest::addColumn<Measure>("measure");
        QTest::addColumn<Pair>("pair");
        QTest::addColumn<int>("sign");
        // (2144 - 1952) / 64 is 3.
        QTest::newRow("three deviations") << Measure::Count << Pair{{2144, 0}, {1952, 0}} << 0;
        QTest::newRow("more than three") << Measure::Count << Pair{{2144.2, 0}, {1951.8, 0}} << 1;
        QTest::newRow("three down") << Measure::Count << Pair{{1952, 0}, {2144, 0}} << 0;
        QTest::newRow("more than three down") << Measure::Count << Pair{{1951.8, 0}, {2144.2, 0}} << -1;
        QTest::newRow("5 %") << Measure::Count << Pair{{105'000, 0}, {100'000, 0}} << 1;
        QTest::newRow("less than 5 %") << Measure::Count << Pair{{104'999, 0}, {100'000, 0}} << 0;
        QTest::newRow("-5 %") << Measure::Count << Pair{{95'000, 0}, {100'000, 0}} << -1;
        QTest::newRow("more than -5 %") << Measure::Count << Pair{{95'001, 0}, {100'000, 0}} << 0;
        QTest::newRow("nothing before") << Measure::Count << Pair{{10, 0}, {0, 0}} << 1;
        QTest::newRow("5 % of a rate") << Measure::Rate << Pair{{52'500, 100'000}, {100'000, 200'000}} << 1;
        QTest::newRow("less than 5 % of a rate")
            << Measure::Rate << Pair{{52'499, 100'000}, {100'000, 200'000}} << 0;
        // Times of which nothing differed before: any difference is beyond it.
        QTest::newRow("times, more than 5 %") << Measure::Time << Pair{{105.1, 9}, {100, 9}} << 1;
        QTest::newRow("times, less than 5 %") << Measure::Time << Pair{{104.9, 9}, {100, 9}} << 0;
        QTest::newRow("times, more than -5 %") << Measure::Time << Pair{{94.9, 9}, {100, 9}} << -1;
        QTest::newRow("times, the same") << Measure::Time << Pair{{100, 9}, {100, 9}} << 0;
    }

    void verdict()
    {
        QFETCH(const Measure, measure);
        QFETCH(const Pair, pair);
        QFETCH(const int, sign);
        const auto change = changeOf(measure, pair, quiet(measure, {10, 20}), false);
        QVERIFY(change.has_value());
        QCOMPARE(change->sign, sign);
        if (measure == Measure::Time)
            QCOMPARE(change->score, pair.now.value == pair.before.value ? 0
                                    : sign < 0                          ? -HUGE_VAL
                                                                        : HUGE_VAL);
    }

    void noise_withoutPairs_isChance()
    {
        QCOMPARE(Noise().dispersion(0.25, true), 0.25);
        QCOMPARE(Noise().correlation(), 0.0);
        QVERIFY(!Noise().isKnown());
        QVERIFY(!changeOf(Measure::Count, {{10, 0}, {20, 0}}, Noise(), false).has_value());
    }

    void correlation_isOfNeighbours()
    {
        Noise noise; // twice 0.5 of 20, then -0.5 of 20: 100 - 100 of 300
        noise.add(Measure::Count, {{15, 0}, {5, 0}}, 0);
        noise.add(Measure::Count, {{15, 0}, {5, 0}}, 0);
        QCOMPARE(noise.correlation(), 0.5);
        QCOMPARE(noise.dispersion(1, false), 5.0);
        QCOMPARE(noise.dispersion(1, true), 15.0);
        QCOMPARE(noise.dispersion(6, true), 18.0);
        noise.add(Measure::Count, {{5, 0}, {15, 0}}, 0);
        QCOMPARE(noise.correlation(), 0.0);
    }

    void direction_needsThreeSeasons()
    {
        QVERIFY(!directionOf(Series(20, 4.0), 7).has_value());
        QVERIFY(directionOf(Series(21, 4.0), 7).has_value());
        QVERIFY(!directionOf(Series(5, 4.0), 2).has_value());
        QVERIFY(directionOf(Series(6, 4.0), 2).has_value());
    }

    void direction_ofWhatIsEqual_isNone()
    {
        const auto direction = directionOf(Series(10, 4.0), 1);
        QCOMPARE(direction->variance, 0.0);
        QCOMPARE(direction->score, 0.0);
        QCOMPARE(direction->confidence, 0.0);
        QCOMPARE(direction->sign, 0);
    }

    void direction_beginsBeyondChance()
    {
        Series series; // 378 more pairs rise than fall
        for (const int value :
             {12, 14, 22, 7,  24, 30, 10, 33, 36, 6,  45, 17, 49, 19, 53, 3,  20, 21, 40, 2,
              57, 5,  43, 25, 58, 27, 28, 54, 29, 34, 38, 42, 26, 44, 32, 39, 48, 46, 37, 47,
              1,  8,  50, 9,  11, 4,  16, 18, 55, 41, 13, 59, 15, 60, 23, 31, 35, 51, 52, 56})
            series.emplace_back(value);
        QCOMPARE(directionOf(series, 1)->concordance, 378.0);
        QVERIFY(directionOf(series, 1)->score > 1.96 && directionOf(series, 1)->score < 1.964);
        QCOMPARE(directionOf(series, 1)->sign, 1);
        std::swap(series[0], series[1]); // 376
        QVERIFY(directionOf(series, 1)->score < 1.96 && directionOf(series, 1)->score > 1.952);
        QCOMPARE(directionOf(series, 1)->sign, 0);
    }

    void direction_isWorthSayingBeyondATenthOfTheMean_data()
    {
        QTest::addColumn<Series>("series");
        QTest::addColumn<int>("sign");
        QTest::newRow("a tenth") << line(11, 95, 1) << 0;
        QTest::newRow("more than a tenth") << line(11, 94.9, 1) << 1;
        QTest::newRow("a tenth down") << line(11, 105, -1) << 0;
        QTest::newRow("more than a tenth down") << line(11, 104.9, -1) << -1;
        QTest::newRow("a tenth, below 0") << line(11, -105, 1) << 0;
        QTest::newRow("more than a tenth, below 0") << line(11, -104.9, 1) << 1;
        Series late = line(11, 95, 1);
        late.insert(late.begin(), 3, std::nullopt);
        late.insert(late.end(), 3, std::nullopt);
        QTest::newRow("a tenth, from the first value to the last") << late << 0;
        Series withGap = line(11, 94.9, 1);
        withGap[5] = std::nullopt;
        QTest::newRow("more than a tenth, with a gap") << withGap << 1;
    }

    void direction_isWorthSayingBeyondATenthOfTheMean()
    {
        QFETCH(const Series, series);
        QFETCH(const int, sign);
        const auto direction = directionOf(series, 1);
        QVERIFY(std::abs(direction->score) > 1.96);
        QCOMPARE(direction->sign, sign);
    }

    void residuals_areEqualWithinAGrain()
    {
        Series series = line(30, 0, 0.1); // no sum of tenths is exact
        QCOMPARE(directionOf(series, 1)->correlation, 0.0);
        series = Series(30, 5.0);
        for (std::size_t i = 0; i < series.size(); i += 2)
            series[i] = 5 + 4e-10;
        QCOMPARE(directionOf(series, 1)->correlation, 0.0);
        for (std::size_t i = 0; i < series.size(); i += 2)
            series[i] = 5 + 4e-9;
        QVERIFY(directionOf(series, 1)->correlation < -0.9);
    }

    void levels_differByATenthOfTheLarger_data()
    {
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("up") << 90.0 << 100.0 << true;
        QTest::newRow("up by less") << 90.05 << 100.0 << false;
        QTest::newRow("down") << 100.0 << 90.0 << true;
        QTest::newRow("down by less") << 100.0 << 90.05 << false;
        QTest::newRow("below 0") << -90.0 << -100.0 << true;
        QTest::newRow("below 0 by less") << -90.05 << -100.0 << false;
    }

    void levels_differByATenthOfTheLarger()
    {
        QFETCH(const double, before);
        QFETCH(const double, after);
        QFETCH(const bool, isFound);
        const auto found = changePointsOf(twoLevels(before, after), 1, 4);
        QVERIFY(found.has_value());
        QCOMPARE(found->gain, 7.0); // the ranks' H, 23, less the price
        QCOMPARE(found->points.size(), std::size_t(isFound ? 1 : 0));
        if (isFound)
            QCOMPARE(found->points[0].first, std::size_t(12));
    }

    void points_areTheFirstOfTheEquallyGood()
    {
        Series series = twoLevels(10, 30);
        series.insert(series.begin() + 12, 20.0); // as near to one side as to the other
        const auto found = changePointsOf(series, 1, 4);
        QCOMPARE(found->points.size(), std::size_t(1));
        QCOMPARE(found->points[0].first, std::size_t(12));
        QCOMPARE(found->points[0].before, 10.0);

        series.clear(); // two that are as good, but for how sums are rounded
        for (const int value : {3,  11, 1,  14, 7,  6,  4,  9,  8,  12, 5,  2,  13, 10, 15,
                                20, 17, 28, 25, 18, 22, 21, 26, 24, 23, 16, 29, 19, 27})
            series.emplace_back(value);
        QCOMPARE(changePointsOf(series, 1, 4)->points[0].first, std::size_t(14));
    }

    void points_areWhereMostIsExplained()
    {
        Series series = twoLevels(10, 30);
        series.insert(series.begin() + 12, {19.0, 21.0}); // a little better between them than before
        QCOMPARE(changePointsOf(series, 1, 4)->points[0].first, std::size_t(13));
    }

    void points_areOfBucketsWithValues()
    {
        Series series = twoLevels(10, 30);
        series.insert(series.begin() + 12, 2, std::nullopt);
        series.insert(series.begin(), std::nullopt);
        const auto found = changePointsOf(series, 1, 4);
        QCOMPARE(found->points.size(), std::size_t(1));
        QCOMPARE(found->points[0].first, std::size_t(15));
        series.back() = std::nullopt;
        QVERIFY(!changePointsOf(series, 1, 4).has_value()); // 23 values
    }

    void forecast_ofTimesNearNothing()
    {
        Series series(10, 0.001);
        const auto scale = SeasonalForecast::Scale::Time;
        QCOMPARE(SeasonalForecast::fit(series, BucketLength::Week, scale)->level(), std::log(0.001));
        series.assign(10, 0.0005);
        QCOMPARE(SeasonalForecast::fit(series, BucketLength::Week, scale)->level(), std::log(0.001));
        series.assign(10, 0.002);
        QCOMPARE(SeasonalForecast::fit(series, BucketLength::Week, scale)->level(), std::log(0.002));
    }

    void forecast_countsFromTheFirstValueOn()
    {
        Series series(9, 4.0);
        series.insert(series.begin(), 30, std::nullopt);
        const auto fit = [&series] {
            return SeasonalForecast::fit(series, BucketLength::Week, SeasonalForecast::Scale::Count);
        };
        QVERIFY(!fit().has_value());
        series.emplace_back(4.0);
        QCOMPARE(fit()->level(), 2.0);
        QCOMPARE(fit()->deviation(), 1 / std::sqrt(10.0));
    }

    void forecast_putsNothingBelowNothing()
    {
        const auto forecast =
            SeasonalForecast::fit(Series(10, 0.01), BucketLength::Week, SeasonalForecast::Scale::Count);
        QCOMPARE(forecast->at(1).lower80, 0.0);
        QCOMPARE(forecast->at(1).lower95, 0.0);
        const double beyond80 = std::sqrt(forecast->at(1).upper80) - forecast->level();
        const double beyond95 = std::sqrt(forecast->at(1).upper95) - forecast->level();
        QVERIFY(std::abs(beyond80 / forecast->deviation() - 1.281552) < 1e-9);
        QVERIFY(std::abs(beyond95 / forecast->deviation() - 1.959964) < 1e-9);
    }

    void forecast_goesOnWhereTheSeasonStands()
    {
        for (int days = 21; days <= 28; ++days) {
            Series series;
            for (int day = 0; day < days; ++day)
                series.emplace_back(100 * (1 + day % 7));
            const auto forecast =
                SeasonalForecast::fit(series, BucketLength::Day, SeasonalForecast::Scale::Count);
            for (int ahead = 1; ahead <= 8; ++ahead) {
                const double value = 100 * (1 + (days - 1 + ahead) % 7);
                QVERIFY(std::abs(forecast->at(std::size_t(ahead)).value - value) < 1e-9);
            }
        }
    }

    void forecast_withGaps_weighsThePositionsAlike()
    {
        Series series; // Mondays are higher, and two of them missing
        for (int day = 0; day < 28; ++day)
            series.emplace_back(day % 7 == 0 ? 400 : 100);
        series[7] = std::nullopt;
        series[14] = std::nullopt;
        const auto forecast =
            SeasonalForecast::fit(series, BucketLength::Day, SeasonalForecast::Scale::Count);
        QVERIFY(std::abs(forecast->level() - 11.3273) < 0.00005);
        QVERIFY(std::abs(forecast->at(2).value - 99.9392) < 0.00005);
        QVERIFY(std::abs(forecast->at(8).value - 398.8477) < 0.00005);
    }

    void forecast_ofDaysThatNeverHadAny_isTheLevel()
    {
        Series series; // no times at weekends
        for (int day = 0; day < 35; ++day)
            series.push_back(day % 7 < 5 ? std::optional(100.0) : std::nullopt);
        const auto forecast = SeasonalForecast::fit(series, BucketLength::Day, SeasonalForecast::Scale::Time);
        QCOMPARE(forecast->season(), std::size_t(7));
        for (std::size_t ahead = 1; ahead <= 7; ++ahead)
            QVERIFY(std::abs(forecast->at(ahead).value - 100) < 1e-9);
    }

    void forecast_ofALevelBelowNothing_isNotSure()
    {
        Series series; // something on Sundays, until that stopped
        for (int day = 0; day < 49; ++day)
            series.emplace_back(day % 7 == 6 && day < 28 ? 100 : 0);
        const auto forecast =
            SeasonalForecast::fit(series, BucketLength::Day, SeasonalForecast::Scale::Count);
        QVERIFY(forecast->level() < 0);
        QCOMPARE(forecast->at(2).confidence, 0.0);
    }

    void ranksMediansAndSigns()
    {
        QCOMPARE(midRanks({3, 1, 2, 1, 3, 3}), (std::vector<double>{5, 1.5, 3, 1.5, 5, 5}));
        QVERIFY(midRanks({}).empty());
        QCOMPARE(median({7}), 7.0);
        QCOMPARE(median({9, 1}), 5.0);
        QCOMPARE(median({9, 1, 2}), 2.0);
        QCOMPARE(median({4, 9, 1, 2}), 3.0);
        QCOMPARE(signOf(0.5), 1);
        QCOMPARE(signOf(0), 0);
        QCOMPARE(signOf(-0.5), -1);
        QCOMPARE(valuesIn({1.0, std::nullopt, 0.0}), std::size_t(2));
    }
};

PRISM_APPLESS_TEST(StatisticsBoundariesTest)

} // namespace tst_statistics_boundaries

#include "tst_statistics_boundaries.moc"
