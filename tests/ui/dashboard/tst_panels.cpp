#include "client/model/alerts_model.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/dashboard/usage_panel.h"
#include "client/ui/widgets/legend.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_texts.h"
#include "tests/ui/sample.h"

#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QTest>

#include <algorithm>

namespace tst_panels {

using namespace prism;
using ui::UsagePanel;
using namespace Qt::StringLiterals;
using Said = protocol::Said<protocol::Heading>;
using Steps = protocol::Said<QList<protocol::ChangePoint>>;

class TestPanels : public QObject
{
    Q_OBJECT

private slots:
    void quality_showsRatesAndTopPrinciples();
    void quality_withNothingUnderARate_showsADash();
    void quality_namesAreNeverMarkup();
    void usage_showsEveryNumber();
    void usage_withNothingUnderIt_showsADash();
    void trend_saysTheDirectionInWords_data();
    void trend_saysTheDirectionInWords();
    void trendLegend_hasTheMarksThatAreThere_data();
    void trendLegend_hasTheMarksThatAreThere();
    void alerts_withoutAny_saysSo();
    void alerts_withOne_listsIt();
};

namespace {

QLocale english()
{
    return {QLocale::English, QLocale::UnitedStates};
}

} // namespace

void TestPanels::quality_showsRatesAndTopPrinciples()
{
    ui::QualityPanel panel;
    panel.setLocale(english());
    panel.display(test::sampleDashboard().quality);
    QCOMPARE(panel.violationRateText(), QStringLiteral("8.3%"));
    QCOMPARE(panel.falsePositiveRateText(), QStringLiteral("25.0%"));
    QCOMPARE(panel.topNames(), (QStringList{QStringLiteral("Least privilege"), QStringLiteral("P2")}));

    protocol::Quality fewer = test::sampleDashboard().quality;
    fewer.topViolations.removeFirst();
    panel.display(fewer);
    QCOMPARE(panel.topNames(), QStringList{QStringLiteral("P2")});
}

void TestPanels::quality_withNothingUnderARate_showsADash()
{
    ui::QualityPanel panel;
    panel.display({});
    QCOMPARE(panel.violationRateText(), QStringLiteral("—"));
    QCOMPARE(panel.falsePositiveRateText(), QStringLiteral("—"));
}

void TestPanels::quality_namesAreNeverMarkup()
{
    ui::QualityPanel panel;
    protocol::Quality quality;
    quality.topViolations = {{QStringLiteral("P1"), QStringLiteral("<img src=x>"), 1, 1}};
    panel.display(quality);
    QCOMPARE(panel.topNames(), QStringList{QStringLiteral("<img src=x>")});
    const QList<QWidget*> widgets = panel.findChildren<QWidget*>();
    for (const QWidget* widget : widgets)
        QVERIFY2(!widget->toolTip().contains(QStringLiteral("<img")), qPrintable(widget->toolTip()));
}

void TestPanels::usage_showsEveryNumber()
{
    UsagePanel panel;
    panel.setLocale(english());
    panel.display(test::sampleDashboard().usage);
    QCOMPARE(panel.valueText(UsagePanel::Retrospectives), QStringLiteral("9"));
    QCOMPARE(panel.valueText(UsagePanel::ActiveSessions), QStringLiteral("31"));
    QCOMPARE(panel.valueText(UsagePanel::AverageDuration), QStringLiteral("3 min 20 s"));
    QCOMPARE(panel.valueText(UsagePanel::SuccessRate), QStringLiteral("87.5%"));
    QCOMPARE(panel.valueText(UsagePanel::DailyActiveUsers), QStringLiteral("2.5"));
}

void TestPanels::usage_withNothingUnderIt_showsADash()
{
    UsagePanel panel;
    QCOMPARE(panel.valueText(UsagePanel::Retrospectives), QStringLiteral("—"));
    panel.display({});
    QCOMPARE(panel.valueText(UsagePanel::Retrospectives), QStringLiteral("0"));
    QCOMPARE(panel.valueText(UsagePanel::AverageDuration), QStringLiteral("—"));
    QCOMPARE(panel.valueText(UsagePanel::SuccessRate), QStringLiteral("—"));
}

void TestPanels::trend_saysTheDirectionInWords_data()
{
    using protocol::Direction;
    using protocol::Heading;
    using protocol::Unknown;
    using protocol::Unsaid;
    QTest::addColumn<Said>("said");
    QTest::addColumn<QString>("text");
    QTest::newRow("up") << Said(Heading{Direction::Up, 1, 1}) << QStringLiteral("▲ rising");
    QTest::newRow("down") << Said(Heading{Direction::Down, 1, 1}) << QStringLiteral("▼ falling");
    QTest::newRow("stable") << Said(Heading{Direction::Stable, 1, 1}) << QStringLiteral("▬ stable");
    QTest::newRow("too few") << Said(Unknown(Unsaid::TooFewValues))
                             << QStringLiteral("too few values for a direction");
    QTest::newRow("week") << Said(Unknown(Unsaid::WeekTooShort))
                          << QStringLiteral("a week is too short for a direction");
    QTest::newRow("hours") << Said(Unknown(Unsaid::Hours)) << QStringLiteral("hours have no direction");
}

void TestPanels::trend_saysTheDirectionInWords()
{
    QFETCH(const Said, said);
    ui::TrendPanel panel;
    QCOMPARE(panel.directionText(), QString());
    protocol::Trend trend = test::sampleDashboard().violations;
    trend.heading = said;
    panel.display(trend, protocol::Period::Week);
    QTEST(panel.directionText(), "text");
    panel.resize(600, 300);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const QList<test::PaintedText> painted = test::paintedTexts(panel);
    QVERIFY(std::ranges::find(painted, panel.directionText(), &test::PaintedText::text) != painted.end());
}

void TestPanels::trendLegend_hasTheMarksThatAreThere_data()
{
    using protocol::Unknown;
    using protocol::Unsaid;
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<bool>("foresees");
    QTest::addColumn<QStringList>("texts");
    const protocol::ChangePoint step{protocol::fromMillis(0), 7, 8};
    QTest::newRow("all") << Steps(QList{step}) << true << QStringList{u"expected"_s, u"step"_s};
    QTest::newRow("no step") << Steps(QList<protocol::ChangePoint>()) << true << QStringList{u"expected"_s};
    QTest::newRow("too little") << Steps(Unknown(Unsaid::TooFewValues)) << false
                                << QStringList{u"too few values to expect any"_s,
                                               u"too few values for steps"_s};
    QTest::newRow("hours") << Steps(Unknown(Unsaid::Hours)) << true << QStringList{u"expected"_s};
}

void TestPanels::trendLegend_hasTheMarksThatAreThere()
{
    QFETCH(const Steps, steps);
    QFETCH(const bool, foresees);
    QFETCH(QStringList, texts);
    ui::TrendPanel panel;
    protocol::Trend trend = test::sampleDashboard().violations;
    trend.changePoints = steps;
    panel.display(trend, protocol::Period::Week);
    protocol::ForecastReport forecast{protocol::Period::Week, {{}, {}}};
    if (foresees)
        forecast.steps = {{12, 8, 16, 6, 18}, {13, 8, 18, 5, 21}};
    else
        forecast.reason = protocol::Unsaid::TooFewValues;
    panel.displayForecast(forecast);
    texts += {u"violations per day"_s, u"smoothed"_s, u"still running"_s};
    QStringList shown;
    for (const ui::LegendItem& item : panel.legend()->items())
        shown.append(item.text);
    texts.sort();
    shown.sort();
    QCOMPARE(shown, texts);
    QCOMPARE(panel.chart()->table().rows.size(), foresees ? 9 : 7); // nothing is drawn of nothing
    forecast.period = protocol::Period::Month;
    panel.displayForecast(forecast);
    for (const ui::LegendItem& item : panel.legend()->items())
        QVERIFY(item.mark != ui::LegendItem::Mark::Band);
}

void TestPanels::alerts_withoutAny_saysSo()
{
    model::AlertsModel alerts;
    const ui::AlertsPanel panel(alerts);
    QVERIFY(panel.isEmptyShown());
    QCOMPARE(panel.accessibleDescription(), QStringLiteral("No alerts"));
}

void TestPanels::alerts_withOne_listsIt()
{
    model::AlertsModel alerts;
    ui::AlertsPanel panel(alerts);
    protocol::Alert alert;
    alert.id = QStringLiteral("a1");
    alert.message = QStringLiteral("Too many violations");
    alert.severity = protocol::AlertSeverity::High;
    alert.timestamp = protocol::now();
    alerts.add(alert);
    QVERIFY(!panel.isEmptyShown());
    QCOMPARE(panel.findChild<QListView*>()->model()->rowCount(), 1);
    panel.resize(300, 200);
    QVERIFY(!panel.grab().isNull());
    alerts.doubtAll();
    alerts.merge({});
    QVERIFY(panel.isEmptyShown());
}

PRISM_WIDGET_TEST(TestPanels)

} // namespace tst_panels

#include "tst_panels.moc"
