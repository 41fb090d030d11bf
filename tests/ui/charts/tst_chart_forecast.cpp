#include "tests/support/test_program.h"
#include "tests/ui/charts/trend_chart_test.h"

#include <QAreaSeries>
#include <QLineSeries>
#include <QTest>

namespace tst_chart_forecast {

using namespace prism;
using namespace Qt::StringLiterals;
using test::movePointer;
using test::sampleForecast;

/// What a chart shows of what is expected.
class TestChartForecast : public QObject, private test::TrendChartTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void hover_overWhatIsExpected_saysSo();
    void forecast_isToldInWords();
    void forecast_ofAnotherPeriod_isNotShown();
    void forecast_liesWithinTheAxis_data();
    void forecast_liesWithinTheAxis();
    void forecast_hasItsDates_data();
    void forecast_hasItsDates();
};

void TestChartForecast::hover_overWhatIsExpected_saysSo()
{
    m_chart->displayForecast(sampleForecast());
    QCoreApplication::processEvents();
    movePointer(viewport(), pointOf(0.99));
    QCOMPARE(m_chart->reading(),
             (QStringList{QStringLiteral("10 Feb"), QStringLiteral("expected: 13 (8 to 18)")}));
}

void TestChartForecast::forecast_isToldInWords()
{
    m_chart->displayForecast(sampleForecast());
    QVERIFY2(m_chart->accessibleDescription().endsWith(QStringLiteral("Next expected: 12 (8 to 16).")),
             qPrintable(m_chart->accessibleDescription()));
    QCOMPARE(axis(Qt::Horizontal)->max(), 8.2);
}

void TestChartForecast::forecast_ofAnotherPeriod_isNotShown()
{
    protocol::ForecastReport other = sampleForecast();
    other.period = protocol::Period::Month;
    m_chart->displayForecast(other);
    QCOMPARE(axis(Qt::Horizontal)->max(), 6.2);
    QVERIFY(!m_chart->summary().contains(QStringLiteral("expected")));
}

void TestChartForecast::forecast_liesWithinTheAxis_data()
{
    QTest::addColumn<double>("upper95");
    QTest::newRow("below the values") << 9.0;
    QTest::newRow("as high as they are twice") << 22.0;
    QTest::newRow("very wide") << 400.0;
}

/// The highest value today is 11.
void TestChartForecast::forecast_liesWithinTheAxis()
{
    QFETCH(const double, upper95);
    m_chart->displayForecast(
        protocol::ForecastReport{protocol::Period::Week, {{8, 7, 9, 6, upper95 / 2}, {8, 7, 9, 6, upper95}}});
    QCoreApplication::processEvents();
    QVERIFY(axis(Qt::Vertical)->max() >= std::max(upper95, 11.0));
    QChart* chart = m_chart->findChild<ui::ChartView*>()->chart();
    int bands = 0;
    for (QAbstractSeries* series : chart->series()) {
        const auto* band = qobject_cast<QAreaSeries*>(series);
        if (!band || !band->isVisible())
            continue;
        ++bands;
        for (const QLineSeries* edge : {band->upperSeries(), band->lowerSeries()}) {
            for (int i = 0; edge && i < edge->count(); ++i)
                QVERIFY(chart->plotArea()
                            .adjusted(-1, -1, 1, 1)
                            .contains(chart->mapToPosition(edge->at(i), series)));
        }
    }
    QCOMPARE(bands, 3); // and what is below the values
}

void TestChartForecast::forecast_hasItsDates_data()
{
    QTest::addColumn<protocol::Period>("period");
    QTest::addColumn<QString>("running");
    QTest::addColumn<QStringList>("starts");
    using protocol::Period;
    QTest::newRow("day") << Period::Today << "2026-02-20T22:00:00.000Z"
                         << QStringList{u"2026-02-20T23:00:00.000Z"_s, u"2026-02-21T00:00:00.000Z"_s};
    QTest::newRow("week") << Period::Week << "2026-02-27T00:00:00.000Z"
                          << QStringList{u"2026-02-28T00:00:00.000Z"_s, u"2026-03-01T00:00:00.000Z"_s};
    QTest::newRow("month") << Period::Month << "2026-02-27T00:00:00.000Z"
                           << QStringList{u"2026-02-28T00:00:00.000Z"_s, u"2026-03-01T00:00:00.000Z"_s};
    QTest::newRow("year") << Period::Year << "2026-02-20T00:00:00.000Z"
                          << QStringList{u"2026-02-27T00:00:00.000Z"_s, u"2026-03-06T00:00:00.000Z"_s};
    QTest::newRow("all") << Period::All << "2025-11-01T00:00:00.000Z"
                         << QStringList{u"2025-12-01T00:00:00.000Z"_s, u"2026-01-01T00:00:00.000Z"_s};
}

void TestChartForecast::forecast_hasItsDates()
{
    QFETCH(const protocol::Period, period);
    QFETCH(const QString, running);
    QFETCH(const QStringList, starts);
    protocol::Trend trend;
    trend.points = {{*protocol::fromIso(running), 5, true}};
    m_chart->display(trend, period);
    m_chart->displayForecast(protocol::ForecastReport{period, sampleForecast().steps});
    const QList<QList<ui::ChartTable::Cell>> rows = m_chart->table().rows;
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[0][0].raw, running);
    QCOMPARE(rows[1][0].raw, starts[0]);
    QCOMPARE(rows[2][0].raw, starts[1]);
}

PRISM_WIDGET_TEST(TestChartForecast)

} // namespace tst_chart_forecast

#include "tst_chart_forecast.moc"
