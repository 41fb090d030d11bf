#include "client/ui/charts/chart_menu.h"
#include "client/ui/charts/chart_table_dialog.h"
#include "tests/support/test_program.h"
#include "tests/ui/charts/trend_chart_test.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

namespace tst_chart_files {

using namespace prism;
using test::sampleForecast;
using ui::ChartMenu;

/// What a chart has in its menu: pictures, files and a table.
class TestChartFiles : public QObject, private test::TrendChartTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void menuKey_opensTheMenu();
    void menu_copiesAPicture();
    void menu_savesWhereItIsTold();
    void write_makesFilesOfEveryKind_data();
    void write_makesFilesOfEveryKind();
    void write_whereNothingCanBe_isToldAndNothingElse();
    void csv_hasEveryNumber();
    void table_showsAndCopiesTheNumbers();
};

void TestChartFiles::menuKey_opensTheMenu()
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_chart.get(), &event);
    auto* menu = m_chart->findChild<ChartMenu*>();
    QVERIFY(menu);
    QVERIFY(menu->isVisible());
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("reset-zoom"))->isEnabled());
    menu->close();
}

void TestChartFiles::menu_copiesAPicture()
{
    ChartMenu menu(*m_chart);
    menu.findChild<QAction*>(QStringLiteral("copy-picture"))->trigger();
    const QImage picture = QApplication::clipboard()->image();
    QVERIFY(picture.width() >= 2 * m_chart->width());
}

void TestChartFiles::menu_savesWhereItIsTold()
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

void TestChartFiles::write_makesFilesOfEveryKind_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << int(ChartMenu::Format::Png) << QByteArray("\x89PNG");
    QTest::newRow("svg") << int(ChartMenu::Format::Svg) << QByteArray("<?xml");
    QTest::newRow("csv") << int(ChartMenu::Format::Csv)
                         << QByteArray("\xef\xbb\xbfstart,violations,smoothed\r\n");
}

void TestChartFiles::write_makesFilesOfEveryKind()
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

void TestChartFiles::write_whereNothingCanBe_isToldAndNothingElse()
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

void TestChartFiles::csv_hasEveryNumber()
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

void TestChartFiles::table_showsAndCopiesTheNumbers()
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

PRISM_WIDGET_TEST(TestChartFiles)

} // namespace tst_chart_files

#include "tst_chart_files.moc"
