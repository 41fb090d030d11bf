#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"
#include "client/ui/charts/percentile_chart.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/check_time_panel.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/trend_panel.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_parts.h"
#include "tests/ui/sample.h"

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QTest>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace tst_bursts {

using namespace prism;
using Kind = ui::StatCard::Kind;
using protocol::Period;
using test::PaintedParts;

/// The cards and panels while numbers change many times a second.
class TestBursts : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void lone_isShownAtOnce();
    void burst_isOnTheCardsAtOnceAndInThePanelsAtLast();
    void burst_isDrawnAFewTimes();
    void otherPeriod_isShownAtOnce();
    void same_paintsNothing();

private:
    protocol::Dashboard numbered(int number) const;

    std::unique_ptr<model::ActivityModel> m_activity;
    std::unique_ptr<model::AlertsModel> m_alerts;
    std::unique_ptr<ui::DashboardView> m_view;
};

void TestBursts::init()
{
    m_activity = std::make_unique<model::ActivityModel>(net::Options());
    m_alerts = std::make_unique<model::AlertsModel>();
    m_view = std::make_unique<ui::DashboardView>(*m_activity, *m_alerts);
    m_view->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_view->resize(1100, 700);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestBursts::cleanup()
{
    m_view.reset();
    m_alerts.reset();
    m_activity.reset();
}

/// The sample with another number on a card and in each panel.
protocol::Dashboard TestBursts::numbered(int number) const
{
    protocol::Dashboard dashboard = test::sampleDashboard();
    dashboard.summary.totalChecks = 1'000 + number;
    dashboard.violations.points.last().value = number;
    dashboard.performance.p95CheckTime = number;
    dashboard.quality.violationRate = number / 1'000.0;
    return dashboard;
}

void TestBursts::lone_isShownAtOnce()
{
    m_view->display(numbered(7));
    QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("1,007"));
    QVERIFY(m_view->trend()->chart()->summary().contains(QStringLiteral("Latest: 7.")));
    QVERIFY(m_view->checkTime()->chart()->summary().contains(QStringLiteral("95% within 7.00 ms")));
    QCOMPARE(m_view->findChild<ui::QualityPanel*>()->violationRateText(), QStringLiteral("0.7%"));
}

void TestBursts::burst_isOnTheCardsAtOnceAndInThePanelsAtLast()
{
    for (int i = 1; i <= 20; ++i) {
        m_view->display(numbered(i));
        QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(),
                 QStringLiteral("1,0%1").arg(i, 2, 10, QLatin1Char('0')));
    }
    QTRY_VERIFY(m_view->trend()->chart()->summary().contains(QStringLiteral("Latest: 20.")));
    QVERIFY(m_view->checkTime()->chart()->summary().contains(QStringLiteral("95% within 20.0 ms")));
    QCOMPARE(m_view->findChild<ui::QualityPanel*>()->violationRateText(), QStringLiteral("2.0%"));
}

void TestBursts::burst_isDrawnAFewTimes()
{
    m_view->display(numbered(0));
    QCoreApplication::processEvents();
    PaintedParts parts(*m_view->trend()->findChild<QGraphicsView*>()->viewport());
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 1; i <= 100; ++i) {
        m_view->display(numbered(i));
        QCoreApplication::processEvents();
    }
    const auto drawings = 2 + elapsed.elapsed() / 250; // four times a second, and the ends
    QVERIFY2(parts.times() <= 3 * drawings,            // scenes paint what they moved once more
             qPrintable(QStringLiteral("%1 in %2 ms").arg(parts.times()).arg(elapsed.elapsed())));
}

void TestBursts::otherPeriod_isShownAtOnce()
{
    m_view->display(numbered(1));
    protocol::Dashboard month = numbered(2);
    month.period = Period::Month;
    m_view->display(month);
    QVERIFY(m_view->trend()->chart()->summary().contains(QStringLiteral("Latest: 2.")));
    m_view->display(numbered(3)); // back again
    QVERIFY(m_view->trend()->chart()->summary().contains(QStringLiteral("Latest: 3.")));
}

void TestBursts::same_paintsNothing()
{
    m_view->display(numbered(1));
    test::paintAll(*m_view);
    QList<QWidget*> all{m_view->trend(), m_view->checkTime()};
    for (QGraphicsView* chart : m_view->findChildren<QGraphicsView*>())
        all.append(chart->viewport());
    std::vector<std::unique_ptr<PaintedParts>> parts;
    for (QWidget* widget : std::as_const(all))
        parts.push_back(std::make_unique<PaintedParts>(*widget));
    const auto isStill = [&] {
        test::paintAll(*m_view);
        return std::ranges::all_of(parts, [](const auto& part) { return part->times() == 0; });
    };
    QTRY_VERIFY([&] { // charts take a few turns to find their place
        for (const auto& part : parts)
            part->forget();
        return isStill();
    }());
    m_view->display(numbered(1));
    m_view->displayForecast(std::nullopt);
    QVERIFY(isStill());
}

PRISM_WIDGET_TEST(TestBursts)

} // namespace tst_bursts

#include "tst_bursts.moc"
