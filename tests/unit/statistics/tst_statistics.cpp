#include "server/statistics/change.h"
#include "server/statistics/change_points.h"
#include "server/statistics/direction.h"
#include "server/statistics/evidence.h"
#include "server/statistics/seasonal_forecast.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace tst_statistics {

using namespace prism::statistics;
using namespace Qt::StringLiterals;

namespace {

/// Numbers in the files have four places.
void verifyClose(double actual, double expected, const char* what)
{
    QVERIFY2(std::abs(actual - expected) <= 0.00005 + 1e-9,
             qPrintable(u"%1: %2 instead of %3"_s.arg(QLatin1String(what)).arg(actual).arg(expected)));
}

#define VERIFY_CLOSE(actual, expected)                                                                       \
    do {                                                                                                     \
        verifyClose(actual, expected, #actual);                                                              \
        if (QTest::currentTestFailed())                                                                      \
            return;                                                                                          \
    } while (false)

/// A row for each case of a file, with the case in it.
void addCases(const char* file)
{
    QTest::addColumn<QJsonObject>("given");
    QFile cases(QStringLiteral(PRISM_STATISTICS_CASES "/") + QLatin1String(file));
    QVERIFY(cases.open(QIODevice::ReadOnly));
    const QJsonArray list = QJsonDocument::fromJson(cases.readAll()).object()["cases"_L1].toArray();
    QVERIFY(!list.isEmpty());
    for (const auto& each : list)
        QTest::newRow(qPrintable(each.toObject()["name"_L1].toString())) << each.toObject();
}

Series seriesOf(const QJsonValue& values)
{
    Series series;
    for (const auto& value : values.toArray())
        series.push_back(value.isNull() ? std::nullopt : std::optional(value.toDouble()));
    return series;
}

/// A number for itself, or with what it is of.
Measured measuredOf(const QJsonValue& json)
{
    const QJsonArray both = json.toArray();
    return json.isArray() ? Measured{both[0].toDouble(), both[1].toDouble()} : Measured{json.toDouble(), 0};
}

std::vector<Hits> hitsOf(const QJsonValue& json)
{
    std::vector<Hits> buckets;
    for (const auto& bucket : json.toArray())
        buckets.push_back({bucket.toArray()[0].toDouble(), bucket.toArray()[1].toDouble()});
    return buckets;
}

QString nameOf(Evidence::State state)
{
    return state == Evidence::State::None     ? u"none"_s
           : state == Evidence::State::Medium ? u"medium"_s
                                              : u"high"_s;
}

} // namespace

/// Everything that is said of numbers, on the cases whose answers are known.
class StatisticsTest : public QObject
{
    Q_OBJECT

private slots:
    void change_data() { addCases("change.json"); }

    void change()
    {
        QFETCH(const QJsonObject, given);
        const QString kind = given["kind"_L1].toString();
        const Measure measure = kind == u"count"_s  ? Measure::Count
                                : kind == u"rate"_s ? Measure::Rate
                                                    : Measure::Time;
        Noise noise;
        for (const auto& pair : given["pairs"_L1].toArray())
            noise.add(measure, {measuredOf(pair.toArray()[0]), measuredOf(pair.toArray()[1])}, 5);
        const Pair spans{measuredOf(given["current"_L1]), measuredOf(given["baseline"_L1])};
        const bool spansDays = given["severalDays"_L1].toBool();
        const auto change = changeOf(measure, spans, noise, spansDays);
        const QJsonObject expected = given["expected"_L1].toObject();
        QCOMPARE(change.has_value(), !expected["verdict"_L1].isNull());
        if (!change)
            return;
        QCOMPARE(noise.pairs(), expected["pairs"_L1].toInt());
        VERIFY_CLOSE(noise.correlation(), expected["rho"_L1].toDouble());
        VERIFY_CLOSE(change->score, expected["z"_L1].toDouble());
        const bool isBetter = (change->sign > 0) == given["moreIsBetter"_L1].toBool();
        QCOMPARE(change->sign == 0 ? u"same"_s
                 : isBetter        ? u"better"_s
                                   : u"worse"_s,
                 expected["verdict"_L1].toString());
    }

    void correlationOfPairs_widensTheNoiseUpToALimit()
    {
        Noise noise;
        for (int i = 0; i < Noise::leastPairs; ++i)
            noise.add(Measure::Count, {{15, 0}, {5, 0}}, 0);
        VERIFY_CLOSE(noise.correlation(), 0.6);
        VERIFY_CLOSE(noise.dispersion(1, false), 5);
        VERIFY_CLOSE(noise.dispersion(1, true), 5 * 1.6 / 0.4);
    }

    void timesOfFew_areNoPair()
    {
        Noise noise;
        noise.add(Measure::Time, {{100, 5}, {90, 5}}, 5);
        QCOMPARE(noise.pairs(), 1);
        noise.add(Measure::Time, {{100, 4}, {90, 5}}, 5);
        noise.add(Measure::Time, {{100, 5}, {90, 4}}, 5);
        QCOMPARE(noise.pairs(), 1);
    }

    void direction_data() { addCases("trend.json"); }

    void direction()
    {
        QFETCH(const QJsonObject, given);
        const auto direction =
            directionOf(seriesOf(given["values"_L1]), std::size_t(given["season"_L1].toInt()));
        const QJsonObject expected = given["expected"_L1].toObject();
        QCOMPARE(direction.has_value(), !expected["direction"_L1].isNull());
        if (!direction)
            return;
        VERIFY_CLOSE(direction->concordance, expected["S"_L1].toDouble());
        VERIFY_CLOSE(direction->variance, expected["var"_L1].toDouble());
        VERIFY_CLOSE(direction->slope, expected["slope"_L1].toDouble());
        VERIFY_CLOSE(direction->correlation, expected["rho"_L1].toDouble());
        VERIFY_CLOSE(direction->score, expected["z"_L1].toDouble());
        VERIFY_CLOSE(direction->confidence, expected["confidence"_L1].toDouble());
        const QString named = direction->sign == 0 ? u"stable"_s : direction->sign > 0 ? u"up"_s : u"down"_s;
        QCOMPARE(named, expected["direction"_L1].toString());
    }

    void changePoints_data() { addCases("changepoints.json"); }

    void changePoints()
    {
        QFETCH(const QJsonObject, given);
        const auto found =
            changePointsOf(seriesOf(given["values"_L1]), std::size_t(given["season"_L1].toInt()),
                           std::size_t(given["shortest"_L1].toInt()));
        QCOMPARE(found.has_value(), !given["expected"_L1].isNull());
        if (!found)
            return;
        VERIFY_CLOSE(found->gain, given["expected"_L1]["gain"_L1].toDouble());
        const QJsonArray points = given["expected"_L1]["points"_L1].toArray();
        QCOMPARE(qsizetype(found->points.size()), points.size());
        for (std::size_t i = 0; i < found->points.size(); ++i) {
            const QJsonArray point = points[qsizetype(i)].toArray();
            QCOMPARE(qint64(found->points[i].first), point[0].toInteger());
            VERIFY_CLOSE(found->points[i].before, point[1].toDouble());
            VERIFY_CLOSE(found->points[i].after, point[2].toDouble());
        }
    }

    void levels_areFoundFromTheShortestLengthOn()
    {
        Series series;
        for (int i = 0; i < 30; ++i)
            series.emplace_back((i < 20 ? 10 : 100) + i % 3);
        const auto found = changePointsOf(series, 1, 10);
        QVERIFY(found.has_value());
        QCOMPARE(found->points.size(), 1U);
        QCOMPARE(found->points[0].first, 20U);
        QVERIFY(changePointsOf(series, 1, 11)->points.empty() ||
                changePointsOf(series, 1, 11)->points[0].first < 20);
    }

    void seasons_areTakenFromSoManyValuesOn_data()
    {
        QTest::addColumn<BucketLength>("length");
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("season"); // 0: no forecast
        QTest::newRow("71 hours") << BucketLength::Hour << 71 << 0;
        QTest::newRow("72 hours") << BucketLength::Hour << 72 << 24;
        QTest::newRow("671 hours") << BucketLength::Hour << 671 << 24;
        QTest::newRow("672 hours") << BucketLength::Hour << 672 << 168;
        QTest::newRow("20 days") << BucketLength::Day << 20 << 1;
        QTest::newRow("21 days") << BucketLength::Day << 21 << 7;
        QTest::newRow("35 months") << BucketLength::Month << 35 << 1;
        QTest::newRow("36 months") << BucketLength::Month << 36 << 12;
        QTest::newRow("104 weeks") << BucketLength::Week << 104 << 1;
    }

    void seasons_areTakenFromSoManyValuesOn()
    {
        QFETCH(const BucketLength, length);
        QFETCH(const int, values);
        QFETCH(const int, season);
        const Series series(std::size_t(values), 4.0);
        const auto forecast = SeasonalForecast::fit(series, length, SeasonalForecast::Scale::Count);
        QCOMPARE(forecast ? int(forecast->season()) : 0, season);
    }

    void history_isReadNoFurtherBack_data()
    {
        QTest::addColumn<BucketLength>("length");
        QTest::addColumn<int>("longest");
        QTest::newRow("hours") << BucketLength::Hour << 672;
        QTest::newRow("days") << BucketLength::Day << 182;
        QTest::newRow("weeks") << BucketLength::Week << 104;
        QTest::newRow("months") << BucketLength::Month << 60;
    }

    void history_isReadNoFurtherBack()
    {
        QFETCH(const BucketLength, length);
        QFETCH(const int, longest);
        Series series(std::size_t(longest), 4.0);
        series.front() = 400.0;
        const auto scale = SeasonalForecast::Scale::Count;
        const double within = SeasonalForecast::fit(series, length, scale)->deviation();
        QVERIFY(within >
                SeasonalForecast::fit(Series(std::size_t(longest), 4.0), length, scale)->deviation());
        series.insert(series.begin() + 1, 4.0);
        VERIFY_CLOSE(SeasonalForecast::fit(series, length, scale)->deviation(),
                     1 / std::sqrt(double(longest)));
    }

    void forecast_data() { addCases("forecast.json"); }

    void forecast()
    {
        QFETCH(const QJsonObject, given);
        const QHash<QString, BucketLength> lengths{{u"hour"_s, BucketLength::Hour},
                                                   {u"day"_s, BucketLength::Day},
                                                   {u"week"_s, BucketLength::Week},
                                                   {u"month"_s, BucketLength::Month}};
        const bool isCount = given["kind"_L1].toString() == u"count"_s;
        QVERIFY(lengths.contains(given["bucket"_L1].toString()));
        const auto forecast =
            SeasonalForecast::fit(seriesOf(given["values"_L1]), lengths[given["bucket"_L1].toString()],
                                  isCount ? SeasonalForecast::Scale::Count : SeasonalForecast::Scale::Time);
        QCOMPARE(forecast.has_value(), !given["expected"_L1].isNull());
        if (!forecast)
            return;
        const QJsonObject expected = given["expected"_L1].toObject();
        QCOMPARE(qint64(forecast->season()), expected["season"_L1].toInteger());
        VERIFY_CLOSE(forecast->level(), expected["level"_L1].toDouble());
        VERIFY_CLOSE(forecast->deviation(), expected["deviation"_L1].toDouble());
        const QJsonArray steps = expected["steps"_L1].toArray();
        QVERIFY(!steps.isEmpty());
        for (qsizetype i = 0; i < steps.size(); ++i) {
            const ForecastBand band = forecast->at(std::size_t(i) + 2); // the running bucket is between
            VERIFY_CLOSE(band.value, steps[i][0].toDouble());
            VERIFY_CLOSE(band.lower80, steps[i][1].toDouble());
            VERIFY_CLOSE(band.upper80, steps[i][2].toDouble());
            VERIFY_CLOSE(band.lower95, steps[i][3].toDouble());
            VERIFY_CLOSE(band.upper95, steps[i][4].toDouble());
            VERIFY_CLOSE(band.confidence, expected["confidence"_L1][i].toDouble());
        }
    }

    void usual_needsTenBucketsAndCountsNoHitAsOne()
    {
        QVERIFY(!Usual::of(std::vector<Hits>(9, Hits{20, 4})).has_value());
        const auto usual = Usual::of(std::vector<Hits>(10, Hits{20, 0}));
        QVERIFY(usual.has_value());
        VERIFY_CLOSE(usual->rate, 1.0 / 200);
    }

    void evidence_data() { addCases("alerts.json"); }

    void evidence()
    {
        QFETCH(const QJsonObject, given);
        const std::optional<Usual> usual = Usual::of(hitsOf(given["usualBuckets"_L1]));
        QCOMPARE(usual.has_value(), !given["expected"_L1].isNull());
        if (!usual)
            return;
        const QJsonObject expected = given["expected"_L1].toObject();
        VERIFY_CLOSE(usual->rate, expected["usual"_L1].toDouble());
        VERIFY_CLOSE(usual->dispersion, expected["dispersion"_L1].toDouble());
        Evidence evidence(*usual, given["ratio"_L1].toDouble(), given["threshold"_L1].toDouble());
        const std::vector<Hits> buckets = hitsOf(given["buckets"_L1]);
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            const Evidence running = evidence.with(buckets[i]);
            const bool wasRaised = evidence.state() != Evidence::State::None;
            evidence.close(buckets[i]);
            VERIFY_CLOSE(evidence.value(), expected["evidence"_L1][qsizetype(i)].toDouble());
            VERIFY_CLOSE(running.value(), evidence.value());
            QCOMPARE(nameOf(evidence.state()), expected["state"_L1][qsizetype(i)].toString());
            QCOMPARE(evidence.hasEnded(), wasRaised && evidence.state() == Evidence::State::None);
        }
    }
};

PRISM_APPLESS_TEST(StatisticsTest)

} // namespace tst_statistics

#include "tst_statistics.moc"
