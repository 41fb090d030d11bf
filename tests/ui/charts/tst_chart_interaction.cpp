#include "client/ui/charts/chart_menu.h"
#include "client/ui/charts/chart_table_dialog.h"
#include "client/ui/charts/chart_view.h"
#include "client/ui/charts/percentile_chart.h"
#include "client/ui/charts/trend_chart.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"

#include <QApplication>
#include <QAreaSeries>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLineSeries>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QValueAxis>
#include <QWheelEvent>

using namespace prism;
using ui::ChartMenu;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(prism::protocol::Period)

namespace {

/// A wheel moved by some steps, as a window system reports it.
void turnWheel(QWidget* target, const QPoint& at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, target->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &event);
}

/// Not by the cursor of the system, which other windows may lie under.
void movePointer(QWidget* target, const QPoint& to, Qt::MouseButtons buttons = Qt::NoButton)
{
    QMouseEvent event(QEvent::MouseMove, to, target->mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

protocol::ForecastReport sampleForecast()
{
    return {protocol::Period::Week, {{12, 8, 16, 6, 18}, {13, 8, 18, 5, 21}}};
}

} // namespace

/// What a person does to a chart with mouse and keyboard.
class TestChartInteraction : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void hover_showsTheValueUnderACrosshair();
    void hover_overWhatIsExpected_saysSo();
    void ctrlWheel_zoomsWhereThePointerIs();
    void wheel_withoutCtrl_isLeftToOthers();
    void drag_zoomsToThePart();
    void doubleClick_showsEverythingAgain();
    void otherPeriod_showsEverythingAgain();
    void newValue_keepsThePartLookedAt();
    void arrowKeys_stepFromPointToPoint();
    void keys_zoomAndReset();
    void escape_takesTheCrosshairAwayAndNoMore();
    void menuKey_opensTheMenu();
    void menu_copiesAPicture();
    void menu_savesWhereItIsTold();
    void write_makesFilesOfEveryKind_data();
    void write_makesFilesOfEveryKind();
    void write_whereNothingCanBe_isToldAndNothingElse();
    void csv_hasEveryNumber();
    void table_showsAndCopiesTheNumbers();
    void forecast_isToldInWords();
    void forecast_ofAnotherPeriod_isNotShown();
    void forecast_liesWithinTheAxis_data();
    void forecast_liesWithinTheAxis();
    void forecast_hasItsDates_data();
    void forecast_hasItsDates();
    void bars_hoverAndZoom();

private:
    QWidget* viewport() const { return m_chart->findChild<ui::ChartView*>()->viewport(); }
    QPoint pointOf(double across) const;
    QValueAxis* axis(Qt::Orientation orientation) const;

    std::unique_ptr<ui::TrendChart> m_chart;
};

void TestChartInteraction::init()
{
    m_chart = std::make_unique<ui::TrendChart>();
    m_chart->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_chart->display(test::sampleDashboard().violations, protocol::Period::Week);
    m_chart->resize(640, 300);
    m_chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
    QCoreApplication::processEvents();
}

void TestChartInteraction::cleanup()
{
    m_chart.reset();
}

/// A share of the plot area, half way up.
QPoint TestChartInteraction::pointOf(double across) const
{
    const QRectF area = m_chart->findChild<ui::ChartView*>()->chart()->plotArea();
    return QPointF(area.left() + across * area.width(), area.center().y()).toPoint();
}

QValueAxis* TestChartInteraction::axis(Qt::Orientation orientation) const
{
    const auto axes = m_chart->findChild<ui::ChartView*>()->chart()->axes(orientation);
    return qobject_cast<QValueAxis*>(axes.constFirst());
}

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

void TestChartInteraction::hover_overWhatIsExpected_saysSo()
{
    m_chart->displayForecast(sampleForecast());
    QCoreApplication::processEvents();
    movePointer(viewport(), pointOf(0.99));
    QCOMPARE(m_chart->reading(),
             (QStringList{QStringLiteral("10 Feb"), QStringLiteral("expected: 13 (8 to 18)")}));
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

void TestChartInteraction::menuKey_opensTheMenu()
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_chart.get(), &event);
    auto* menu = m_chart->findChild<ChartMenu*>();
    QVERIFY(menu);
    QVERIFY(menu->isVisible());
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("reset-zoom"))->isEnabled());
    menu->close();
}

void TestChartInteraction::menu_copiesAPicture()
{
    ChartMenu menu(*m_chart);
    menu.findChild<QAction*>(QStringLiteral("copy-picture"))->trigger();
    const QImage picture = QApplication::clipboard()->image();
    QVERIFY(picture.width() >= 2 * m_chart->width());
}

void TestChartInteraction::menu_savesWhereItIsTold()
{
    const QTemporaryDir folder;
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    ChartMenu menu(*m_chart);
    menu.findChild<QAction*>(QStringLiteral("save-csv"))->trigger();
    auto* dialog = m_chart->findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QString path = folder.filePath(QStringLiteral("trend.csv"));
    emit dialog->fileSelected(path);
    QVERIFY(QFileInfo(path).size() > 0);
    dialog->close();
}

void TestChartInteraction::write_makesFilesOfEveryKind_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << int(ChartMenu::Format::Png) << QByteArray("\x89PNG");
    QTest::newRow("svg") << int(ChartMenu::Format::Svg) << QByteArray("<?xml");
    QTest::newRow("csv") << int(ChartMenu::Format::Csv)
                         << QByteArray("\xef\xbb\xbfstart,violations,smoothed\r\n");
}

void TestChartInteraction::write_makesFilesOfEveryKind()
{
    QFETCH(int, format);
    QFETCH(QByteArray, start);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart"));
    QVERIFY(ChartMenu::write(*m_chart, ChartMenu::Format(format), path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY2(content.startsWith(start), content.left(100).constData());
    if (ChartMenu::Format(format) == ChartMenu::Format::Svg) {
        QVERIFY(content.contains("Violations over time"));
        QVERIFY(content.contains("</svg>"));
    }
}

void TestChartInteraction::write_whereNothingCanBe_isToldAndNothingElse()
{
    QVERIFY(!ChartMenu::write(*m_chart, ChartMenu::Format::Png, QStringLiteral("/nowhere/at/all.png")));
    QSignalSpy failed(m_chart.get(), &ui::Chart::saveFailed);
    ChartMenu menu(*m_chart);
    menu.save(ChartMenu::Format::Svg);
    auto* dialog = m_chart->findChild<QFileDialog*>();
    emit dialog->fileSelected(QStringLiteral("/nowhere/at/all.svg"));
    QCOMPARE(failed.size(), 1);
    dialog->close();
}

void TestChartInteraction::csv_hasEveryNumber()
{
    m_chart->displayForecast(sampleForecast());
    m_chart->zoomTo(2, 4); // it is about everything all the same
    const QByteArray csv = m_chart->table().toCsv();
    const QList<QByteArray> lines = csv.split('\n');
    QCOMPARE(lines.size(), 1 + 7 + 2 + 1);
    QCOMPARE(lines[0], "start,violations,smoothed,expected,lower80,upper80,lower95,upper95\r");
    QCOMPARE(lines[1], "2026-02-02T00:00:00.000Z,5,5,,,,,\r");
    QCOMPARE(lines[2], "2026-02-03T00:00:00.000Z,6,5.5,,,,,\r");
    QCOMPARE(lines[9], "2026-02-10T00:00:00.000Z,,,13,8,18,5,21\r");
}

void TestChartInteraction::table_showsAndCopiesTheNumbers()
{
    ChartMenu menu(*m_chart);
    menu.findChild<QAction*>(QStringLiteral("show-table"))->trigger();
    auto* dialog = m_chart->findChild<ui::ChartTableDialog*>();
    QVERIFY(dialog);
    auto* view = dialog->findChild<QTableWidget*>();
    QCOMPARE(view->rowCount(), 7);
    QCOMPARE(view->item(0, 0)->text(), QStringLiteral("2 Feb"));
    QCOMPARE(view->item(6, 1)->text(), QStringLiteral("11"));
    dialog->copy();
    QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 8);
    view->selectRow(1);
    dialog->copy();
    QCOMPARE(QApplication::clipboard()->text(),
             QStringLiteral("From\tViolations\tSmoothed\n3 Feb\t6\t5.5\n"));
    dialog->close();
}

void TestChartInteraction::forecast_isToldInWords()
{
    m_chart->displayForecast(sampleForecast());
    QVERIFY2(m_chart->accessibleDescription().endsWith(QStringLiteral("Next expected: 12 (8 to 16).")),
             qPrintable(m_chart->accessibleDescription()));
    QCOMPARE(axis(Qt::Horizontal)->max(), 8.2);
}

void TestChartInteraction::forecast_ofAnotherPeriod_isNotShown()
{
    protocol::ForecastReport other = sampleForecast();
    other.period = protocol::Period::Month;
    m_chart->displayForecast(other);
    QCOMPARE(axis(Qt::Horizontal)->max(), 6.2);
    QVERIFY(!m_chart->summary().contains(QStringLiteral("expected")));
}

void TestChartInteraction::forecast_liesWithinTheAxis_data()
{
    QTest::addColumn<double>("upper95");
    QTest::newRow("below the values") << 9.0;
    QTest::newRow("as high as they are twice") << 22.0;
    QTest::newRow("very wide") << 400.0;
}

/// The highest value today is 11.
void TestChartInteraction::forecast_liesWithinTheAxis()
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

void TestChartInteraction::forecast_hasItsDates_data()
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

void TestChartInteraction::forecast_hasItsDates()
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
#include "tst_chart_interaction.moc"
