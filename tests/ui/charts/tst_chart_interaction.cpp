#include "client/ui/charts/percentile_chart.h"
#include "tests/support/test_program.h"
#include "tests/ui/charts/trend_chart_test.h"

#include <QApplication>
#include <QKeyEvent>
#include <QTest>
#include <QValueAxis>
#include <QWheelEvent>

namespace tst_chart_interaction {

using namespace prism;
using test::movePointer;

namespace {

/// A wheel moved by some steps, as a window system reports it.
void turnWheel(QWidget* target, const QPoint& at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, target->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &event);
}

} // namespace

/// What a person does to a chart with mouse and keyboard.
class TestChartInteraction : public QObject, private test::TrendChartTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void hover_showsTheValueUnderACrosshair();
    void ctrlWheel_zoomsWhereThePointerIs();
    void wheel_withoutCtrl_isLeftToOthers();
    void drag_zoomsToThePart();
    void doubleClick_showsEverythingAgain();
    void otherPeriod_showsEverythingAgain();
    void newValue_keepsThePartLookedAt();
    void arrowKeys_stepFromPointToPoint();
    void keys_zoomAndReset();
    void escape_takesTheCrosshairAwayAndNoMore();
    void bars_hoverAndZoom();
};

void TestChartInteraction::hover_showsTheValueUnderACrosshair()
{
    QVERIFY(m_chart->reading().isEmpty());
    movePointer(viewport(), pointOf(0.5));
    QCOMPARE(m_chart->reading(),
             (QStringList{QStringLiteral("5 Feb"), QStringLiteral("8"), QStringLiteral("smoothed: 6.5"),
                          QStringLiteral("step from 7 to 8")}));
    const auto shown = m_chart->findChild<ui::ChartOverlay*>()->reading();
    QVERIFY(shown);
    QVERIFY(std::abs(shown->at.x() - pointOf(0.5).x()) < 3);
    movePointer(viewport(), pointOf(0.99));
    QCOMPARE(m_chart->reading().value(1), QStringLiteral("11 so far"));
    movePointer(viewport(), QPoint(3, 3));
    QVERIFY(m_chart->reading().isEmpty());
}

void TestChartInteraction::ctrlWheel_zoomsWhereThePointerIs()
{
    const double whole = axis(Qt::Horizontal)->max() - axis(Qt::Horizontal)->min();
    turnWheel(viewport(), pointOf(0.99), 2, Qt::ControlModifier);
    QVERIFY(m_chart->isZoomed());
    QVERIFY(std::abs(axis(Qt::Horizontal)->max() - axis(Qt::Horizontal)->min() - whole * 0.64) < 0.01);
    QVERIFY(std::abs(axis(Qt::Horizontal)->max() - 6.2) < 0.05); // what was under the pointer is still there
    turnWheel(viewport(), pointOf(0.99), -5, Qt::ControlModifier);
    QVERIFY(!m_chart->isZoomed());
}

void TestChartInteraction::wheel_withoutCtrl_isLeftToOthers()
{
    const QPoint at = pointOf(0.5);
    QWheelEvent event(at, viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport(), &event);
    QVERIFY(!event.isAccepted());
    QVERIFY(!m_chart->isZoomed());
}

void TestChartInteraction::drag_zoomsToThePart()
{
    QTest::mousePress(viewport(), Qt::LeftButton, {}, pointOf(0.2));
    movePointer(viewport(), pointOf(0.5), Qt::LeftButton);
    movePointer(viewport(), pointOf(0.7), Qt::LeftButton);
    QTest::mouseRelease(viewport(), Qt::LeftButton, {}, pointOf(0.7));
    QVERIFY(m_chart->isZoomed());
    QVERIFY(std::abs(axis(Qt::Horizontal)->min() - (-0.2 + 0.2 * 6.4)) < 0.05);
    QVERIFY(std::abs(axis(Qt::Horizontal)->max() - (-0.2 + 0.7 * 6.4)) < 0.05);
}

void TestChartInteraction::doubleClick_showsEverythingAgain()
{
    m_chart->zoomTo(2, 5);
    QVERIFY(m_chart->isZoomed());
    QTest::mouseDClick(viewport(), Qt::LeftButton, {}, pointOf(0.5));
    QVERIFY(!m_chart->isZoomed());
    QCOMPARE(axis(Qt::Horizontal)->max(), 6.2);
}

void TestChartInteraction::otherPeriod_showsEverythingAgain()
{
    m_chart->zoomTo(2, 5);
    m_chart->display(test::sampleDashboard().violations, protocol::Period::Month);
    QVERIFY(!m_chart->isZoomed());
}

void TestChartInteraction::newValue_keepsThePartLookedAt()
{
    m_chart->zoomTo(2, 5);
    protocol::Trend trend = test::sampleDashboard().violations;
    trend.points.last().value = 30;
    m_chart->display(trend, protocol::Period::Week);
    QCOMPARE(axis(Qt::Horizontal)->min(), 2.0);
    QCOMPARE(axis(Qt::Horizontal)->max(), 5.0);
}

void TestChartInteraction::arrowKeys_stepFromPointToPoint()
{
    m_chart->activateWindow();
    m_chart->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(m_chart->hasFocus());
    QTest::keyClick(m_chart.get(), Qt::Key_Right);
    QCOMPARE(m_chart->reading().value(0), QStringLiteral("2 Feb"));
    QTest::keyClick(m_chart.get(), Qt::Key_Right);
    QCOMPARE(m_chart->reading().value(0), QStringLiteral("3 Feb"));
    QVERIFY(m_chart->accessibleDescription().startsWith(QStringLiteral("3 Feb, 6")));
    QTest::keyClick(m_chart.get(), Qt::Key_End);
    QCOMPARE(m_chart->reading().value(0), QStringLiteral("8 Feb"));
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QCOMPARE(m_chart->reading().value(0), QStringLiteral("7 Feb"));
    QTest::keyClick(m_chart.get(), Qt::Key_Home);
    QCOMPARE(m_chart->reading().value(0), QStringLiteral("2 Feb"));
}

void TestChartInteraction::keys_zoomAndReset()
{
    QTest::keyClick(m_chart.get(), Qt::Key_Plus);
    QTest::keyClick(m_chart.get(), Qt::Key_Plus);
    QTest::keyClick(m_chart.get(), Qt::Key_Plus);
    QVERIFY(m_chart->isZoomed());
    QTest::keyClick(m_chart.get(), Qt::Key_End); // what is stepped to comes into sight
    QVERIFY(axis(Qt::Horizontal)->max() >= 6);
    QTest::keyClick(m_chart.get(), Qt::Key_Minus);
    QVERIFY(m_chart->isZoomed());
    QTest::keyClick(m_chart.get(), Qt::Key_0);
    QVERIFY(!m_chart->isZoomed());
}

void TestChartInteraction::escape_takesTheCrosshairAwayAndNoMore()
{
    m_chart->moveReading(2);
    QKeyEvent first(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(m_chart.get(), &first);
    QVERIFY(m_chart->reading().isEmpty());
    QVERIFY(first.isAccepted());
    QKeyEvent second(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(m_chart.get(), &second);
    QVERIFY(!second.isAccepted()); // the window may have a use for it
}

void TestChartInteraction::bars_hoverAndZoom()
{
    ui::PercentileChart chart;
    chart.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    chart.display(test::sampleDashboard().performance);
    chart.resize(400, 300);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    QCoreApplication::processEvents();
    auto* view = chart.findChild<ui::ChartView*>();
    const QRectF area = view->chart()->plotArea();
    movePointer(view->viewport(), QPointF(area.left() + area.width() * 0.6, area.center().y()).toPoint());
    QCOMPARE(chart.reading(),
             (QStringList{QStringLiteral("95% of the checks are faster"), QStringLiteral("42.0 ms")}));
    turnWheel(view->viewport(), QPointF(area.center().x(), area.bottom()).toPoint(), 6, Qt::ControlModifier);
    QVERIFY(chart.isZoomed()); // short times next to long ones can be told apart
    auto* time = qobject_cast<QValueAxis*>(view->chart()->axes(Qt::Vertical).constFirst());
    QVERIFY(std::abs(time->min()) < 1);
    QVERIFY(time->max() < 80);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, area.center().toPoint());
    QVERIFY(!chart.isZoomed());
    QCOMPARE(chart.table().toCsv(),
             "percentile,milliseconds\r\navg,12.5\r\np50,8.25\r\np95,42\r\np99,120\r\n");
}

PRISM_WIDGET_TEST(TestChartInteraction)

} // namespace tst_chart_interaction

#include "tst_chart_interaction.moc"
