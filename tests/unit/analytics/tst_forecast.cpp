#include "server/analytics/forecast.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_forecast {

using namespace prism::analytics;
using prism::protocol::ForecastReport;
using prism::protocol::ForecastStep;

namespace {

bool near(std::optional<double> actual, double expected)
{
    return actual && std::abs(*actual - expected) < 1e-5;
}

} // namespace

/// The numbers were worked out by hand, with Student's t from a printed table.
class ForecastTest : public QObject
{
    Q_OBJECT

private slots:
    void line_hasTheNumbersOfTheTextbook()
    {
        const auto line = Line::fit({{0, 1}, {1, 3}, {2, 2}, {3, 5}});
        QVERIFY(line.has_value());
        QVERIFY(near(line->slope(), 1.1));
        QVERIFY(near(line->at(0), 1.1));
        QVERIFY(near(line->rSquared(), 0.6914286));
        // s² = 2.7 ÷ 2; the root is √(1 + 1/4 + 2.5² ÷ 5); t(2) is 1.885618 and 4.302653.
        QVERIFY(near(line->halfWidth(4, 0.80), 3.4641016));
        QVERIFY(near(line->halfWidth(4, 0.95), 7.9044778));
    }

    void line_ofTooFew_isNone()
    {
        QVERIFY(!Line::fit({}).has_value());
        QVERIFY(!Line::fit({{1, 5}}).has_value());
        QVERIFY(!Line::fit({{1, 5}, {1, 6}}).has_value());
        const auto two = Line::fit({{0, 1}, {1, 2}});
        QVERIFY(two.has_value() && !two->halfWidth(2, 0.8).has_value());
    }

    void linearForecast_carriesTheLineOnBehindTheRunningBucket()
    {
        const ForecastReport forecast = linearForecast({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2);
        QCOMPARE(forecast.steps.size(), 2);
        QVERIFY(near(forecast.steps[0].value, 14)); // 13 is the running bucket
        QVERIFY(near(forecast.steps[1].value, 15));
        QVERIFY(near(forecast.steps[0].upper95, 14)); // no scatter
        QCOMPARE(forecast.steps[0].confidence, 1.0);
    }

    void linearForecast_isNeverNegativeNorSurerWithDistance_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("falling") << QList<double>{50, 45, 40, 33, 29, 20, 18, 12, 3, 2};
        QTest::newRow("noise") << QList<double>{5, 0, 9, 0, 7, 2, 8, 0, 0, 3, 4};
        QTest::newRow("zeros") << QList<double>(12, 0.0);
    }

    void linearForecast_isNeverNegativeNorSurerWithDistance()
    {
        QFETCH(const QList<double>, values);
        const ForecastReport forecast = linearForecast({values.begin(), values.end()}, 30);
        QCOMPARE(forecast.steps.size(), 30);
        double before = 1;
        for (const ForecastStep& step : forecast.steps) {
            QVERIFY(step.value && *step.value >= 0);
            QVERIFY(0 <= *step.lower95 && *step.lower95 <= *step.lower80);
            QVERIFY(*step.lower80 <= *step.value && *step.value <= *step.upper80);
            QVERIFY(*step.upper80 <= *step.upper95);
            QVERIFY(step.confidence >= 0 && step.confidence <= before);
            before = step.confidence;
        }
    }

    void forecast_ofTooLittle_saysWhy()
    {
        prism::statistics::Findings findings;
        for (const ForecastReport& forecast :
             {linearForecast({}, 3), linearForecast({1, 2, 3, 4, 5, std::nullopt, 7, 8, 9, 10}, 3),
              seasonalForecast(findings, {}, prism::statistics::BucketLength::Day,
                               prism::protocol::TrendMetric::Checks, 3)}) {
            QCOMPARE(forecast.steps, QList<ForecastStep>(3));
            QVERIFY(forecast.reason == prism::protocol::Unsaid::TooFewValues);
            QCOMPARE(forecast.confidence, 0.0);
        }
    }
};

PRISM_APPLESS_TEST(ForecastTest)

} // namespace tst_forecast

#include "tst_forecast.moc"
