#include "server/analytics/trend_builder.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <functional>

namespace tst_trend {

using namespace prism::analytics;
using namespace prism::protocol;
using namespace std::chrono_literals;
using prism::statistics::Findings;

namespace {

using std::chrono::days;

/// As many violations in each bucket as a function says, in one check of as many ms; remembers how far back
/// it was asked. Has no users, no principles and no edges within quarters of an hour.
class MadeSource : public Source
{
public:
    using Value = std::function<double(Timestamp start)>;

    MadeSource(Timestamp earliest, Value value)
        : m_earliest(earliest)
        , m_value(std::move(value))
    {
    }

    Result<RollupPtr> rollup(const Span&) override { return std::make_shared<const Rollup>(); }
    Result<std::vector<Times>> times(const std::vector<Timestamp>& starts, Timestamp end) override
    {
        std::vector<Times> all(starts.size());
        for (std::size_t i = 0; i < starts.size(); ++i) {
            if ((i + 1 < starts.size() ? starts[i + 1] : end) > m_earliest)
                all[i] = {m_value(starts[i]), m_value(starts[i])};
        }
        return all;
    }
    Result<std::vector<Figures>> figures(const std::vector<Timestamp>& starts, Timestamp end) override
    {
        asked = starts;
        std::vector<Figures> all(starts.size());
        for (std::size_t i = 0; i < starts.size(); ++i) {
            if ((i + 1 < starts.size() ? starts[i + 1] : end) <= m_earliest)
                continue;
            all[i].checks = 1;
            all[i].violations = qint64(m_value(starts[i]));
        }
        return all;
    }
    Result<std::vector<PrincipleCount>> topPrinciples(const Span&, std::size_t) override { return {}; }
    Result<std::vector<Distinct>> users(const std::vector<Timestamp>& starts, Timestamp) override
    {
        return std::vector<Distinct>(starts.size());
    }
    Result<Distinct> userDays(const Span&) override { return Distinct(); }
    Result<std::optional<Timestamp>> earliest() override { return std::optional(m_earliest); }
    bool isApproximate() const override { return false; }

    std::vector<Timestamp> asked;

private:
    const Timestamp m_earliest;
    const Value m_value;
};

const QTimeZone utc = QTimeZone::utc();
const Timestamp noon = *fromIso(QStringLiteral("2026-02-20T12:30:00Z"));
const Timestamp midnight = *fromIso(QStringLiteral("2026-02-20T00:00:00Z"));

Window windowOf(Period period)
{
    return Window::make(period, noon, utc, true);
}

/// Whole days from a moment to the last midnight.
qint64 daysAgo(Timestamp start)
{
    return std::chrono::floor<days>(midnight - start).count();
}

Trend trendOf(MadeSource& source, Period period, TrendMetric metric = TrendMetric::Violations)
{
    Findings findings;
    return *TrendBuilder(source, utc, findings).trend(metric, windowOf(period));
}

ForecastReport forecastOf(MadeSource& source, Period period, int steps,
                          ForecastMethod method = ForecastMethod::Seasonal,
                          TrendMetric metric = TrendMetric::Violations)
{
    Findings findings;
    return *TrendBuilder(source, utc, findings).forecast(metric, method, steps, windowOf(period));
}

} // namespace

/// What is said of buckets, and of which.
class TrendTest : public QObject
{
    Q_OBJECT

private slots:
    /// Whoever asks for more steps, or again, has nothing fitted.
    void forecast_isFittedOnce()
    {
        MadeSource source(midnight - days(60), [](Timestamp start) { return double(daysAgo(start) % 7); });
        Findings findings;
        TrendBuilder builder(source, utc, findings);
        const auto ask = [&](TrendMetric metric, int steps) {
            (void)builder.forecast(metric, ForecastMethod::Seasonal, steps, windowOf(Period::Month));
            return findings.size();
        };
        const std::size_t first = ask(TrendMetric::Violations, 3);
        QCOMPARE(first, std::size_t(2)); // with its direction
        QCOMPARE(ask(TrendMetric::Violations, 3), first);
        QCOMPARE(ask(TrendMetric::Violations, 30), first);
        QCOMPARE(ask(TrendMetric::MeanTime, 3), first + 1); // of as many ms, on another scale
    }

    void history_isReadAsFarBackAsItCounts_data()
    {
        QTest::addColumn<int>("period");
        QTest::addColumn<bool>("isForecast");
        QTest::addColumn<int>("complete");
        QTest::newRow("day, trend") << int(Period::Today) << false << 12;
        QTest::newRow("day, forecast") << int(Period::Today) << true << 672;
        QTest::newRow("week, trend") << int(Period::Week) << false << 182;
        QTest::newRow("week, forecast") << int(Period::Week) << true << 182;
        QTest::newRow("month, trend") << int(Period::Month) << false << 182;
        QTest::newRow("month, forecast") << int(Period::Month) << true << 182;
        QTest::newRow("year, trend") << int(Period::Year) << false << 104;
        QTest::newRow("year, forecast") << int(Period::Year) << true << 104;
    }

    void history_isReadAsFarBackAsItCounts()
    {
        QFETCH(const int, period);
        QFETCH(const bool, isForecast);
        QFETCH(const int, complete);
        MadeSource source(midnight - days(3000), [](Timestamp) { return 5; });
        if (isForecast)
            forecastOf(source, Period(period), 1);
        else
            trendOf(source, Period(period));
        QCOMPARE(int(source.asked.size()), complete + 1);
        // On the grid of the window's buckets.
        const Window window = windowOf(Period(period));
        QVERIFY(std::find(source.asked.begin(), source.asked.end(), window.span.from) != source.asked.end());
        for (std::size_t i = 2; i < source.asked.size(); ++i)
            QVERIFY(source.asked[i] - source.asked[i - 1] == source.asked[1] - source.asked[0]);
    }

    void history_beginsWithTheFirstData_data()
    {
        QTest::addColumn<int>("period");
        QTest::addColumn<int>("daysOfData");
        QTest::addColumn<int>("buckets");
        QTest::newRow("before the window") << int(Period::Month) << 40 << 41;
        QTest::newRow("in the window") << int(Period::Month) << 12 << 30;
        QTest::newRow("before, weeks") << int(Period::Year) << 7 * 60 << 61;
        QTest::newRow("hours") << int(Period::Today) << 4 << 4 * 24 + 13;
    }

    void history_beginsWithTheFirstData()
    {
        QFETCH(const int, period);
        QFETCH(const int, daysOfData);
        QFETCH(const int, buckets);
        MadeSource source(midnight - days(daysOfData), [](Timestamp) { return 5; });
        forecastOf(source, Period(period), 1);
        QCOMPARE(int(source.asked.size()), buckets);
    }

    void emptyBucketsBeforeTheFirstData_areNoRise()
    {
        MadeSource level(midnight - days(23), [](Timestamp start) { return 10 + daysAgo(start) % 2; });
        const Trend trend = trendOf(level, Period::Month);
        QCOMPARE(trend.points.size(), 30);
        QCOMPARE(*trend.points.first().value, 0.0);
        QCOMPARE(int(trend.heading->direction), int(Direction::Stable));
        MadeSource less(midnight - days(20), [](Timestamp) { return 10; });
        QVERIFY(trendOf(less, Period::Month).heading == Unknown(Unsaid::TooFewValues));
    }

    void direction_isOfTheWindowAlone()
    {
        // Rising for half a year, and level for the last month.
        MadeSource source(midnight - days(182),
                          [](Timestamp start) { return 500 - 3 * std::max<qint64>(daysAgo(start), 30); });
        QCOMPARE(int(trendOf(source, Period::Month).heading->direction), int(Direction::Stable));
        QCOMPARE(int(trendOf(source, Period::Year).heading->direction), int(Direction::Up));
    }

    void direction_ofHoursAndOfAWeek_isNotSaid()
    {
        MadeSource source(midnight - days(300), [](Timestamp start) { return 500 - daysAgo(start); });
        QVERIFY(trendOf(source, Period::Today).heading == Unknown(Unsaid::Hours));
        QVERIFY(trendOf(source, Period::Week).heading == Unknown(Unsaid::WeekTooShort));
        QVERIFY(trendOf(source, Period::Today).changePoints == Unknown(Unsaid::Hours));
        QVERIFY(trendOf(source, Period::Week).changePoints.has_value());
    }

    void runningBucket_countsForNothing()
    {
        MadeSource source(midnight - days(60),
                          [](Timestamp start) { return start >= midnight ? 1000 : 10 + daysAgo(start) % 3; });
        const Trend trend = trendOf(source, Period::Month);
        QVERIFY(trend.points.last().partial);
        QCOMPARE(*trend.points.last().value, 1000.0);
        QCOMPARE(int(trend.heading->direction), int(Direction::Stable));
        QVERIFY(trend.changePoints->isEmpty());
        QVERIFY(*forecastOf(source, Period::Month, 1).steps[0].value < 13);
    }

    void changePoint_isShownWhereItsWindowIs_data()
    {
        QTest::addColumn<int>("daysAgo");
        QTest::addColumn<bool>("inWeek");
        QTest::addColumn<bool>("inMonth");
        QTest::newRow("half a year of history, 8 days of the new level") << 8 << false << true;
        QTest::newRow("29 days") << 29 << false << true;
        QTest::newRow("30 days") << 30 << false << false;
        QTest::newRow("90 days") << 90 << false << false;
    }

    void changePoint_isShownWhereItsWindowIs()
    {
        QFETCH(const int, daysAgo);
        QFETCH(const bool, inWeek);
        QFETCH(const bool, inMonth);
        MadeSource source(midnight - days(182), [daysAgo](Timestamp start) {
            return (tst_trend::daysAgo(start) > daysAgo ? 10 : 20) + tst_trend::daysAgo(start) % 2;
        });
        const Trend month = trendOf(source, Period::Month);
        QCOMPARE(month.changePoints->size(), inMonth ? 1 : 0);
        QCOMPARE(trendOf(source, Period::Week).changePoints->size(), inWeek ? 1 : 0);
        if (inMonth) {
            QCOMPARE(month.changePoints->first().start, midnight - days(daysAgo));
            QVERIFY(std::abs(month.changePoints->first().before - 10.5) < 0.1);
            QVERIFY(std::abs(month.changePoints->first().after - 20.5) < 0.2);
        }
    }

    void oddDay_isNoChangePoint()
    {
        MadeSource source(midnight - days(100), [](Timestamp start) {
            return daysAgo(start) == 10 ? 500 : 10 + daysAgo(start) % 3;
        });
        QVERIFY(trendOf(source, Period::Month).changePoints->isEmpty());
        MadeSource young(midnight - days(23), [](Timestamp) { return 10; });
        QVERIFY(trendOf(young, Period::Month).changePoints == Unknown(Unsaid::TooFewValues));
    }

    void smoothed_isTheMeanOfSevenBucketsOfTheWindow()
    {
        MadeSource source(midnight - days(100), [](Timestamp start) {
            return daysAgo(start) == 6 ? 14 : daysAgo(start) > 6 ? 700 : 7;
        });
        const Trend trend = trendOf(source, Period::Week);
        QCOMPARE(trend.smoothed.size(), 7);
        QCOMPARE(*trend.smoothed[0], 14.0);
        QCOMPARE(*trend.smoothed[6], (14 + 6 * 7) / 7.0);
    }

    void forecast_beginsBehindTheRunningBucket()
    {
        // As many as the day of the week, for half a year: the running day is a Friday.
        MadeSource source(midnight - days(182), [](Timestamp start) {
            return 100 * double((std::chrono::floor<days>(start.time_since_epoch()).count() + 3) % 7 + 1);
        });
        const ForecastReport report = forecastOf(source, Period::Month, 9);
        const QList<double> expected{600, 700, 100, 200, 300, 400, 500, 600, 700};
        QCOMPARE(report.steps.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(*report.steps[i].value - expected[i]) < 1);
        QVERIFY(!report.reason);
    }

    /// With less than 28 days of hours no weekend would be known.
    void forecast_ofHours_knowsTheWeek()
    {
        const auto isWorkday = [](Timestamp start) {
            return (std::chrono::floor<days>(start.time_since_epoch()).count() + 3) % 7 < 5;
        };
        MadeSource source(midnight - days(60), [&](Timestamp start) { return isWorkday(start) ? 50 : 0; });
        const ForecastReport report = forecastOf(source, Period::Today, 24); // into Saturday
        QVERIFY(*report.steps[10].value > 45);
        QVERIFY(*report.steps[11].value < 5);
        QVERIFY(*report.steps[23].value < 5);
    }

    void forecast_needsTenValues_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("metric");
        for (const auto& [method, methodName] : forecastMethodNames) {
            for (const auto& [metric, metricName] : forecastMetricNames)
                QTest::addRow("%s, %s", methodName, metricName) << int(method) << int(metric);
        }
    }

    void forecast_needsTenValues()
    {
        QFETCH(const int, method);
        QFETCH(const int, metric);
        for (const int known : {9, 10, 40}) {
            MadeSource source(midnight - days(known),
                              [](Timestamp start) { return 10 + daysAgo(start) % 4; });
            const ForecastReport report =
                forecastOf(source, Period::Month, 30, ForecastMethod(method), TrendMetric(metric));
            QCOMPARE(report.steps.size(), 30);
            QCOMPARE(report.reason.has_value(), known < 10);
            double confidence = 1;
            for (const ForecastStep& step : report.steps) {
                QCOMPARE(step.value.has_value(), known >= 10);
                QVERIFY(step.confidence <= confidence);
                confidence = step.confidence;
                if (!step.value)
                    continue;
                QVERIFY(0 <= *step.lower95 && *step.lower95 <= *step.lower80);
                QVERIFY(*step.lower80 <= *step.value && *step.value <= *step.upper80);
                QVERIFY(*step.upper80 <= *step.upper95);
            }
        }
    }
};

PRISM_APPLESS_TEST(TrendTest)

} // namespace tst_trend

#include "tst_trend.moc"
