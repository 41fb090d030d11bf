#include "server/analytics/forecast.h"
#include "server/analytics/trend.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace prism::analytics;
using prism::protocol::ForecastReport;
using prism::protocol::ForecastStep;
using prism::protocol::Trend;
using prism::protocol::TrendPoint;

namespace {

Trend history(const QList<std::optional<double>>& complete)
{
    QList<TrendPoint> points;
    for (qsizetype i = 0; i < complete.size(); ++i)
        points.append({prism::protocol::fromMillis(i * 1000), complete[i], false});
    points.append({prism::protocol::fromMillis(complete.size() * 1000), 1000.0, true});
    return makeTrend(std::move(points));
}

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
        // With two degrees of freedom the confidence is the root of R².
        QVERIFY(near(line->confidence(), 0.8315218));
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
        QCOMPARE(two->confidence(), 0.0);
    }

    void forecast_carriesTheLineOnBehindTheRunningBucket()
    {
        const ForecastReport forecast = makeForecast(history({1, 3, 2, 5}), 2);
        QCOMPARE(forecast.steps.size(), 2);
        QVERIFY(near(forecast.steps[0].value, 6.6)); // at 5: the running bucket is at 4
        QVERIFY(near(forecast.steps[1].value, 7.7));
        QCOMPARE(*forecast.steps[0].lower95, 0.0); // 6.6 − 9.27 would be negative
        // √(1 + 1/4 + 3.5² ÷ 5) = √3.7, s = √1.35
        const double width = 1.8856181 * std::sqrt(1.35) * std::sqrt(3.7);
        QVERIFY(near(forecast.steps[0].upper80, 6.6 + width));
        QVERIFY(near(forecast.steps[0].lower80, 6.6 - width));
        QVERIFY(near(forecast.steps[0].confidence, 2.75 / (2.75 + width)));
    }

    void forecast_isNeverNegativeNorSurerWithDistance_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("falling") << QList<double>{50, 40, 33, 20, 12, 3};
        QTest::newRow("noise") << QList<double>{5, 0, 9, 0, 7, 2, 8};
        QTest::newRow("zeros") << QList<double>{0, 0, 0, 0};
        QTest::newRow("exact") << QList<double>{1, 2, 3, 4};
        QTest::newRow("two") << QList<double>{9, 1};
        QTest::newRow("one") << QList<double>{4};
    }

    void forecast_isNeverNegativeNorSurerWithDistance()
    {
        QFETCH(const QList<double>, values);
        QList<std::optional<double>> complete(values.begin(), values.end());
        const ForecastReport forecast = makeForecast(history(complete), 30);
        QCOMPARE(forecast.steps.size(), 30);
        double before = 1;
        for (const ForecastStep& step : forecast.steps) {
            QVERIFY(step.value && *step.value >= 0);
            QCOMPARE(step.lower80.has_value(), values.size() > 2);
            if (step.lower80) {
                QVERIFY(0 <= *step.lower95 && *step.lower95 <= *step.lower80);
                QVERIFY(*step.lower80 <= *step.value && *step.value <= *step.upper80);
                QVERIFY(*step.upper80 <= *step.upper95);
            }
            QVERIFY(step.confidence >= 0 && step.confidence <= before);
            before = step.confidence;
        }
    }

    void forecast_withoutHistory_saysNothing()
    {
        const ForecastReport forecast = makeForecast(history({std::nullopt, std::nullopt}), 3);
        QCOMPARE(forecast.steps.size(), 3);
        QVERIFY(!forecast.steps[0].value && !forecast.steps[0].upper80);
        QCOMPARE(forecast.confidence, 0.0);
    }
};

PRISM_APPLESS_TEST(ForecastTest)
#include "tst_forecast.moc"
