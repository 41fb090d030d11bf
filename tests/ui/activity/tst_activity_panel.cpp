#include "client/ui/activity/activity_texts.h"
#include "tests/support/test_program.h"
#include "tests/ui/activity/activity_test.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

#include <functional>

namespace tst_activity_panel {

using namespace prism;
using model::ActivityModel;

/// The table of events: what its rows say, how they arrive, and what is taken from them.
class TestActivityPanel : public QObject, private test::ActivityTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void rows_areSaidInWords();
    void rowsArriving_keepTheSelection();
    void rowsArriving_whileScrolledDown_keepTheView();
    void rowsArriving_atTheTop_areShown();
    void copy_takesSelectedRowsWithHeadings();
    void copy_byKeyboard_takesAllSelectedRows();
    void copy_takesTheColumnsShownInTheirOrder();
    void csv_hasEveryFilteredRowAndNoFormula();
    void hiddenColumns_areChosenByTheMenuAndOneStays();
    void anotherLocale_saysEverythingAnew();
};

void TestActivityPanel::rows_areSaidInWords()
{
    append(3);
    QCOMPARE(text(0, ActivityModel::TypeColumn), QStringLiteral("Record created"));
    QCOMPARE(text(0, ActivityModel::DetailColumn), QStringLiteral("record 3"));
    QCOMPARE(text(0, ActivityModel::StatusColumn), QStringLiteral("INFO"));
    QCOMPARE(text(1, ActivityModel::TypeColumn), QStringLiteral("Check"));
    QCOMPARE(text(1, ActivityModel::DetailColumn),
             QStringLiteral("project-2 · 2 violation(s) · P0 · 12.5 ms"));
    QCOMPARE(text(1, ActivityModel::StatusColumn), QStringLiteral("BLOCKED"));
    QCOMPARE(text(2, ActivityModel::DetailColumn), QStringLiteral("project-1 · no violations · 12.5 ms"));
    QCOMPARE(text(2, ActivityModel::StatusColumn), QStringLiteral("PASS"));
    QCOMPARE(text(0, ActivityModel::TimeColumn), QStringLiteral("7 Feb 22:30"));
}

void TestActivityPanel::rowsArriving_keepTheSelection()
{
    append(5);
    m_table->selectRow(2);
    const QString selected = text(2, ActivityModel::DetailColumn);
    append(40);
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(ActivityModel::DetailColumn);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().row(), 42);
    QCOMPARE(rows.first().data().toString(), selected);
}

void TestActivityPanel::rowsArriving_whileScrolledDown_keepTheView()
{
    append(100);
    QTRY_VERIFY(m_table->verticalScrollBar()->maximum() >= 30); // laid out
    m_table->verticalScrollBar()->setValue(30);
    QCOMPARE(m_table->verticalScrollBar()->value(), 30);
    const QString top =
        m_table->indexAt({60, 2}).siblingAtColumn(ActivityModel::DetailColumn).data().toString();
    QVERIFY(!top.isEmpty());
    append(7);
    QCOMPARE(m_table->verticalScrollBar()->value(), 37);
    QCOMPARE(m_table->indexAt({60, 2}).siblingAtColumn(ActivityModel::DetailColumn).data().toString(), top);
}

void TestActivityPanel::rowsArriving_atTheTop_areShown()
{
    append(100);
    QCOMPARE(m_table->verticalScrollBar()->value(), 0);
    append(7);
    QCOMPARE(m_table->verticalScrollBar()->value(), 0);
    QCOMPARE(m_table->indexAt({60, 2}).row(), 0);
}

void TestActivityPanel::copy_takesSelectedRowsWithHeadings()
{
    append(3);
    m_table->selectRow(1);
    m_panel->copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("Time\tType\tDetail\tStatus\n"
                            "7 Feb 22:30\tCheck\tproject-2 · 2 violation(s) · P0 · 12.5 ms\tBLOCKED\n"));
}

void TestActivityPanel::copy_byKeyboard_takesAllSelectedRows()
{
    append(3);
    m_table->selectAll();
    QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 4);
}

void TestActivityPanel::copy_takesTheColumnsShownInTheirOrder()
{
    append(1);
    m_table->hideColumn(ActivityModel::TypeColumn);
    m_table->horizontalHeader()->moveSection(ActivityModel::StatusColumn, 0);
    m_table->selectRow(0);
    m_panel->copySelection();
    QCOMPARE(
        QGuiApplication::clipboard()->text(),
        QStringLiteral("Status\tTime\tDetail\nPASS\t7 Feb 22:30\tproject-1 · no violations · 12.5 ms\n"));
}

void TestActivityPanel::csv_hasEveryFilteredRowAndNoFormula()
{
    append(2);
    m_activity->append({test::recordEvent(++m_seq, QStringLiteral("=1+1")),
                        test::recordEvent(++m_seq, QStringLiteral("a \"b\", c"))});
    QTRY_COMPARE(m_activity->rowCount(), 4);
    m_panel->findChild<QComboBox*>(QStringLiteral("activity-group"))
        ->setCurrentIndex(int(ui::ActivityTexts::Group::Records));
    QCOMPARE(m_panel->asCsv(),
             QByteArray("\"Time\",\"Type\",\"Detail\",\"Status\"\r\n"
                        "\"2026-02-07T22:30:04.000Z\",\"Record created\",\"a \"\"b\"\", c\",\"INFO\"\r\n"
                        "\"2026-02-07T22:30:03.000Z\",\"Record created\",\"'=1+1\",\"INFO\"\r\n"));
}

void TestActivityPanel::hiddenColumns_areChosenByTheMenuAndOneStays()
{
    QHeaderView* header = m_table->horizontalHeader();
    const auto withMenu = [&](const std::function<void(QMenu&)>& use) {
        bool seen = false;
        QTimer::singleShot(0, m_panel.get(), [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (menu) {
                seen = true;
                use(*menu);
                menu->close();
            }
        });
        QMetaObject::invokeMethod(header, "customContextMenuRequested", Q_ARG(QPoint, QPoint(5, 5)));
        return seen;
    };
    QVERIFY(withMenu([](QMenu& menu) {
        QCOMPARE(menu.actions().size(), 4);
        menu.actions()[0]->trigger();
        menu.actions()[1]->trigger();
        menu.actions()[2]->trigger();
    }));
    QVERIFY(header->isSectionHidden(ActivityModel::TimeColumn));
    QVERIFY(!header->isSectionHidden(ActivityModel::StatusColumn));
    QVERIFY(withMenu([](QMenu& menu) {
        QVERIFY(!menu.actions()[3]->isEnabled());
        menu.actions()[0]->trigger();
    }));
    QVERIFY(!header->isSectionHidden(ActivityModel::TimeColumn));
}

void TestActivityPanel::anotherLocale_saysEverythingAnew()
{
    append(3);
    const QAbstractItemModel* model = m_table->model();
    QCOMPARE(text(1, ActivityModel::DetailColumn),
             QStringLiteral("project-2 · 2 violation(s) · P0 · 12.5 ms"));
    m_panel->setLocale(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(model->index(1, ActivityModel::DetailColumn).data().toString(),
             QStringLiteral("project-2 · 2 violation(s) · P0 · 12,5 ms"));
}

PRISM_WIDGET_TEST(TestActivityPanel)

} // namespace tst_activity_panel

#include "tst_activity_panel.moc"
