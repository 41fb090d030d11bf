#include "client/ui/charts/percentile_chart.h"
#include "client/ui/charts/segmented_line.h"
#include "client/ui/charts/trend_chart.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"

#include <QAbstractBarSeries>
#include <QApplication>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QSignalSpy>
#include <QTest>
#include <QValueAxis>

#include <deque>
#include <limits>
#include <numeric>

namespace tst_charts {

using namespace prism;
using ui::PercentileChart;
using ui::TrendChart;

class TestCharts : public QObject
{
    Q_OBJECT

private slots:
    void segmentedLine_breaksWhereAValueIsMissing();
    void segmentedLine_withFewerRuns_leavesNoOldOnes();
    void trend_withAnotherValue_laysOutOnlyWhatHasIt();
    void percentiles_withAnotherTime_layOutOnlyItsBar();
    void trend_tellsWhatItShows();
    void trend_withoutValues_saysSo();
    void trend_withNotANumber_drawsOn();
    void trend_pressedAnywhere_survives();
    void percentiles_tellWhatTheyShow();
    void percentiles_withoutValues_saySo();
    void percentiles_areNeverOneUponAnother_data();
    void percentiles_areNeverOneUponAnother();
    void toneOfCheckTime_data();
    void toneOfCheckTime();
    void limits_changeTheColours();
    void csv_neverHoldsAFormula();
};

namespace {

/// How often something of many was told.
qsizetype timesOf(const std::deque<QSignalSpy>& spies)
{
    return std::accumulate(spies.begin(), spies.end(), qsizetype(0),
                           [](qsizetype sum, const QSignalSpy& spy) { return sum + spy.count(); });
}

} // namespace

void TestCharts::segmentedLine_breaksWhereAValueIsMissing()
{
    QChart chart;
    QValueAxis x, y;
    chart.addAxis(&x, Qt::AlignBottom);
    chart.addAxis(&y, Qt::AlignLeft);
    ui::SegmentedLine line(&chart, &x, &y);
    line.replace({1.0, 2.0, std::nullopt, 4.0, std::numeric_limits<double>::quiet_NaN(), 6.0});
    QCOMPARE(line.segmentCount(), 3);
    const auto* first = qobject_cast<QLineSeries*>(chart.series().at(0));
    QCOMPARE(first->points(), (QList<QPointF>{{0, 1}, {1, 2}}));
    const auto* last = qobject_cast<QLineSeries*>(chart.series().at(2));
    QCOMPARE(last->points(), (QList<QPointF>{{5, 6}}));
    chart.removeAxis(&x);
    chart.removeAxis(&y);
}

void TestCharts::segmentedLine_withFewerRuns_leavesNoOldOnes()
{
    QChart chart;
    QValueAxis x, y;
    chart.addAxis(&x, Qt::AlignBottom);
    chart.addAxis(&y, Qt::AlignLeft);
    ui::SegmentedLine line(&chart, &x, &y);
    line.replace({1.0, std::nullopt, 3.0});
    line.replace({1.0, 2.0, 3.0});
    QCOMPARE(line.segmentCount(), 1);
    QCOMPARE(qobject_cast<QLineSeries*>(chart.series().at(1))->count(), 0);
    chart.removeAxis(&x);
    chart.removeAxis(&y);
}

/// Each change of a series or an axis is a layout of its own.
void TestCharts::trend_withAnotherValue_laysOutOnlyWhatHasIt()
{
    TrendChart chart;
    chart.setLocale(QLocale(QLocale::German));
    protocol::Trend trend = test::sampleDashboard().violations;
    chart.display(trend, protocol::Period::Week);
    chart.displayForecast(
        protocol::ForecastReport{protocol::Period::Week, {{12, 8, 16, 6, 18}, {13, 8, 18, 5, 21}}});
    const QChart* inner = chart.findChild<QChartView*>()->chart();
    std::deque<QSignalSpy> replaced;
    for (const QAbstractSeries* series : inner->series()) {
        if (const auto* points = qobject_cast<const QXYSeries*>(series))
            replaced.emplace_back(points, &QXYSeries::pointsReplaced);
    }
    const QSignalSpy axes(qobject_cast<QValueAxis*>(inner->axes(Qt::Vertical).constFirst()),
                          &QValueAxis::labelFormatChanged);
    trend.points.last().value = 11.5;
    chart.display(trend, protocol::Period::Week);
    QCOMPARE(timesOf(replaced), 2); // the line and its last point
    QCOMPARE(axes.count(), 0);
}

void TestCharts::percentiles_withAnotherTime_layOutOnlyItsBar()
{
    PercentileChart chart;
    protocol::Performance performance = test::sampleDashboard().performance;
    chart.display(performance);
    const QChart* inner = chart.findChild<QChartView*>()->chart();
    std::deque<QSignalSpy> changed;
    for (const QAbstractSeries* series : inner->series()) {
        const QList<QBarSet*> sets = qobject_cast<const QAbstractBarSeries*>(series)->barSets();
        for (const QBarSet* set : sets)
            changed.emplace_back(set, &QBarSet::valueChanged);
    }
    performance.p50CheckTime = *performance.p50CheckTime + 0.5;
    chart.display(performance);
    QCOMPARE(timesOf(changed), 1);
}

void TestCharts::trend_tellsWhatItShows()
{
    TrendChart chart;
    chart.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    const protocol::Dashboard sample = test::sampleDashboard();
    chart.display(sample.violations, protocol::Period::Week);
    QCOMPARE(chart.accessibleDescription(),
             QStringLiteral("Rising. Violations: 56 in all, at most 11 (8 Feb). Latest: 11. "
                            "Stands out: from 7 to 8 (5 Feb)."));
    QVERIFY(!chart.accessibleName().isEmpty());
}

void TestCharts::trend_withoutValues_saysSo()
{
    TrendChart chart;
    QCOMPARE(chart.summary(), QStringLiteral("No trend yet."));
    protocol::Trend trend;
    trend.points = {{protocol::fromMillis(0), std::nullopt, false}};
    chart.display(trend, protocol::Period::Today);
    QCOMPARE(chart.summary(), QStringLiteral("No trend yet."));
}

void TestCharts::trend_withNotANumber_drawsOn()
{
    TrendChart chart;
    protocol::Trend trend = test::sampleDashboard().violations;
    trend.points[2].value = std::numeric_limits<double>::quiet_NaN();
    trend.smoothed[3] = std::numeric_limits<double>::infinity();
    chart.resize(400, 200);
    chart.display(trend, protocol::Period::Week);
    QVERIFY(!chart.grab().isNull());
}

void TestCharts::trend_pressedAnywhere_survives()
{
    TrendChart chart;
    chart.display(test::sampleDashboard().violations, protocol::Period::Week);
    chart.resize(400, 200);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    auto* view = chart.findChild<QChartView*>();
    QVERIFY(view);
    for (int x = 5; x < 400; x += 40) {
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, {x, 100});
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, {x, 100});
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, {x, 5});
    }
}

void TestCharts::percentiles_tellWhatTheyShow()
{
    PercentileChart chart;
    chart.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    chart.display(test::sampleDashboard().performance);
    QCOMPARE(chart.accessibleDescription(),
             QStringLiteral("Average 12.5 ms, half of the checks within 8.25 ms, 95% within 42.0 ms, "
                            "99% within 120 ms."));
}

void TestCharts::percentiles_areNeverOneUponAnother_data()
{
    QTest::addColumn<QList<double>>("times");
    QTest::newRow("usual") << QList<double>{12.5, 8.3, 42, 120};
    QTest::newRow("alike") << QList<double>{1'234, 1'234, 1'234, 1'234};
    QTest::newRow("long") << QList<double>{9'876, 9'875, 9'999, 9'998};
    QTest::newRow("minutes") << QList<double>{431'000, 430'000, 599'000, 600'000};
    QTest::newRow("falling") << QList<double>{9'999, 9'000, 8'800, 8'700};
}

void TestCharts::percentiles_areNeverOneUponAnother()
{
    QFETCH(const QList<double>, times);
    PercentileChart chart;
    chart.resize(150, 150); // on the smallest screen
    chart.show();
    chart.display({times[0], times[1], times[2], times[3], {}, {}});
    QCoreApplication::processEvents();
    QGraphicsScene* scene = chart.findChild<QGraphicsView*>()->scene();
    QList<QRectF> labels;
    const QList<QGraphicsItem*> items = scene->items();
    for (const QGraphicsItem* item : items) {
        const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item);
        if (text && text->isVisible() && !text->text().isEmpty())
            labels.append(text->sceneBoundingRect());
    }
    QCOMPARE(labels.size(), 8); // what is below the bars, too
    for (qsizetype i = 0; i < labels.size(); ++i) {
        QVERIFY(scene->sceneRect().contains(labels[i]));
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY2(!labels[i].intersects(labels[j]), qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
    }
}

void TestCharts::percentiles_withoutValues_saySo()
{
    PercentileChart chart;
    chart.display({});
    QCOMPARE(chart.summary(), QStringLiteral("No check times yet."));
}

void TestCharts::toneOfCheckTime_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<ui::Tone>("tone");
    QTest::newRow("fast") << 9.99 << ui::Tone::Good;
    QTest::newRow("at 10") << 10.0 << ui::Tone::Caution;
    QTest::newRow("acceptable") << 49.9 << ui::Tone::Caution;
    QTest::newRow("at 50") << 50.0 << ui::Tone::Bad;
}

void TestCharts::toneOfCheckTime()
{
    QFETCH(double, ms);
    QTEST(PercentileChart::toneOf(ms, {10, 50}), "tone");
}

void TestCharts::limits_changeTheColours()
{
    const model::CheckTimeLimits strict{1, 5};
    QVERIFY(ui::PercentileChart::toneOf(0.5, strict) == ui::Tone::Good);
    QVERIFY(ui::PercentileChart::toneOf(4, strict) == ui::Tone::Caution);
    QVERIFY(ui::PercentileChart::toneOf(8.25, strict) == ui::Tone::Bad);
    ui::PercentileChart chart;
    chart.display(test::sampleDashboard().performance);
    chart.resize(400, 300);
    const QImage before = chart.grab().toImage();
    chart.setLimits(strict);
    QVERIFY(chart.limits() == strict);
    QVERIFY(chart.grab().toImage() != before);
}

void TestCharts::csv_neverHoldsAFormula()
{
    ui::ChartTable table;
    table.columns = {{{}, QStringLiteral("a,b")}, {{}, QStringLiteral("c")}};
    table.rows = {{{{}, QStringLiteral("=1+1")}, {{}, QStringLiteral("-5")}},
                  {{{}, QStringLiteral("say \"hi\"")}, {{}, QStringLiteral("@x")}}};
    QCOMPARE(table.toCsv(), "\"a,b\",c\r\n'=1+1,-5\r\n\"say \"\"hi\"\"\",'@x\r\n");
}

PRISM_WIDGET_TEST(TestCharts)

} // namespace tst_charts

#include "tst_charts.moc"
