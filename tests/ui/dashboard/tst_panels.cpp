#include "client/model/alerts_model.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/dashboard/usage_panel.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"

#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QTest>

using namespace prism;
using ui::UsagePanel;

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
    QTest::addColumn<protocol::Direction>("direction");
    QTest::addColumn<QString>("text");
    QTest::newRow("up") << protocol::Direction::Up << QStringLiteral("▲ rising");
    QTest::newRow("down") << protocol::Direction::Down << QStringLiteral("▼ falling");
    QTest::newRow("stable") << protocol::Direction::Stable << QStringLiteral("▬ stable");
}

void TestPanels::trend_saysTheDirectionInWords()
{
    QFETCH(protocol::Direction, direction);
    ui::TrendPanel panel;
    QCOMPARE(panel.directionText(), QString());
    protocol::Trend trend = test::sampleDashboard().violations;
    trend.direction = direction;
    panel.display(trend, protocol::Period::Week);
    QTEST(panel.directionText(), "text");
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
#include "tst_panels.moc"
