#include "client/model/records_model.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/window/navigation_rail.h"
#include "client/ui/window/page_stack.h"
#include "tests/support/test_program.h"
#include "tests/ui/records/records_test.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>

namespace tst_records_page {

using namespace prism;
using ui::Page;

/// The list of records: what is in it, found, sorted, taken along, removed and run.
class TestRecordsPage : public test::RecordsTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }
    void init() { openPage(); }
    void cleanup() { closePage(); }
    void cleanupTestCase() { stopServer(); }

    void navigation_byMouseAndKeyboard();
    void emptyList_offersToCreateTheFirst();
    void remove_canBeUndone();
    void run_showsTheResult();
    void search_andType_narrowTheList();
    void saved_outsideTheSearch_isNotSelectedLater();
    void headers_sort();
    void othersChanges_keepSelectionAndScroll();
    void copy_takesRowsWithHeadings();
    void csv_hasTheColumnsShownAndExactTimes();
};

void TestRecordsPage::navigation_byMouseAndKeyboard()
{
    const auto* pages = m_window->findChild<ui::PageStack*>();
    const auto* rail = m_window->findChild<ui::NavigationRail*>();
    QVERIFY(pages->page() == Page::Records);
    QVERIFY(rail->page() == Page::Records);
    QVERIFY(!find<QWidget>("period-week")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QVERIFY(pages->page() == Page::Dashboard);
    QVERIFY(find<QWidget>("period-week")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find<QLineEdit>("activity-search")->hasFocus());
    click("page-settings");
    QVERIFY(pages->page() == Page::Settings);
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QVERIFY(pages->page() == Page::Records);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find<QLineEdit>("records-search")->hasFocus());
}

void TestRecordsPage::emptyList_offersToCreateTheFirst()
{
    QCOMPARE(m_table->model()->rowCount(), 0);
    click("records-empty-action");
    QVERIFY(find<QLineEdit>("record-name")->hasFocus());
}

void TestRecordsPage::remove_canBeUndone()
{
    const QString id =
        create(QStringLiteral("Precious"), {{QStringLiteral("description"), QStringLiteral("its text")}});
    selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Delete);
    QTRY_COMPARE(m_table->model()->rowCount(), 0);
    QTRY_COMPARE(notice(), QStringLiteral("“Precious” was deleted."));
    QVERIFY(stored(id).isEmpty());
    click("notice-action");
    QTRY_COMPARE(text(0, 0), QStringLiteral("Precious"));
    QCOMPARE(text(0, 1), QStringLiteral("its text"));
    QTRY_COMPARE(notice(), QStringLiteral("“Precious” is back."));
}

void TestRecordsPage::run_showsTheResult()
{
    create(QStringLiteral("Runs"),
           test::parseJson(R"({"config":{"metrics":["totalChecks","avgDuration"],"period":"month"}})")
               .toObject());
    selectRow(0);
    click("record-run");
    auto* result = find<QTableView>("record-result");
    QTRY_COMPARE(result->model()->rowCount(), 2);
    QVERIFY(result->isVisible());
    QCOMPARE(result->model()->index(0, 0).data().toString(), QStringLiteral("Total checks"));
    QCOMPARE(result->model()->index(0, 1).data().toString(), QStringLiteral("0"));
    QCOMPARE(result->model()->index(1, 1).data().toString(), QStringLiteral("—"));
    QVERIFY(find<QLabel>("result-note")->text().startsWith(QStringLiteral("Month · as of")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!result->isVisible());
}

void TestRecordsPage::search_andType_narrowTheList()
{
    create(QStringLiteral("Alpha"));
    create(QStringLiteral("Beta"), {{QStringLiteral("type"), QStringLiteral("adhoc")}});
    type("records-search", QStringLiteral("alph"));
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    type("records-search", QStringLiteral("nothing like it"));
    QTRY_COMPARE(m_table->model()->rowCount(), 0);
    QVERIFY(!find<QPushButton>("records-empty-action")->isVisible());
    type("records-search", {});
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
    auto* types = find<QComboBox>("records-type");
    types->setFocus();
    QTest::keyClicks(types, QStringLiteral("Ad"));
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    QCOMPARE(text(0, 0), QStringLiteral("Beta"));
}

void TestRecordsPage::saved_outsideTheSearch_isNotSelectedLater()
{
    create(QStringLiteral("Alpha"));
    create(QStringLiteral("Gamma"));
    type("records-search", QStringLiteral("alph"));
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClicks(find<QLineEdit>("record-name"), QStringLiteral("Beta"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(notice().contains(QStringLiteral("saved")));
    type("records-search", {});
    QTRY_COMPARE(m_table->model()->rowCount(), 3);
    const QModelIndexList chosen = m_table->selectionModel()->selectedRows();
    QVERIFY2(chosen.isEmpty(), qPrintable(chosen.value(0).data().toString()));
}

void TestRecordsPage::headers_sort()
{
    for (const char* name : {"b", "c", "a"})
        create(QString::fromLatin1(name));
    QHeaderView* header = m_table->horizontalHeader();
    const auto clickName = [&] {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(0) + 20, header->height() / 2});
    };
    QCOMPARE(text(0, 0), QStringLiteral("a")); // the newest
    clickName();
    QVERIFY(header->isSortIndicatorShown());
    QTRY_COMPARE(text(2, 0), QStringLiteral("c"));
    clickName();
    QTRY_COMPARE(text(0, 0), QStringLiteral("c"));
    clickName();
    QTRY_COMPARE(text(0, 0), QStringLiteral("a"));
    QVERIFY(!header->isSortIndicatorShown());
}

void TestRecordsPage::othersChanges_keepSelectionAndScroll()
{
    QJsonArray list;
    for (int i = 1; i <= 45; ++i)
        list.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("custom")},
                                {QStringLiteral("name"), QStringLiteral("record %1").arg(i)}});
    QCOMPARE(m_client->post(path + "/batch", list).status, 201);
    QTRY_COMPARE(m_table->model()->rowCount(), 45);
    QTRY_VERIFY(m_table->verticalScrollBar()->maximum() > 0); // laid out
    m_table->scrollTo(m_table->model()->index(44, 0));
    selectRow(44);
    const auto selectedName = [&] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        return rows.size() == 1 ? rows.first().data().toString() : QString();
    };
    QCOMPARE(selectedName(), QStringLiteral("record 1"));
    const int before = m_table->visualRect(m_table->selectionModel()->selectedRows().first()).top();
    create(QStringLiteral("a new one"));
    QTRY_COMPARE(m_table->model()->rowCount(), 46);
    QCOMPARE(selectedName(), QStringLiteral("record 1"));
    QCOMPARE(m_table->visualRect(m_table->selectionModel()->selectedRows().first()).top(), before);
}

void TestRecordsPage::copy_takesRowsWithHeadings()
{
    create(QStringLiteral("One"), {{QStringLiteral("description"), QStringLiteral("text")}});
    selectRow(0);
    QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QStringLiteral("Name\tDescription\tType\tPeriod\tChanged"));
    QVERIFY(lines[1].startsWith(QStringLiteral("One\ttext\tCustom\t—\t")));
    QVERIFY(lines[2].isEmpty());
}

void TestRecordsPage::csv_hasTheColumnsShownAndExactTimes()
{
    create(QStringLiteral("One"), {{QStringLiteral("description"), QStringLiteral("=1")}});
    selectRow(0);
    m_table->hideColumn(model::RecordsModel::TypeColumn);
    m_table->hideColumn(model::RecordsModel::PeriodColumn);
    const QByteArrayList lines = ui::TableContents(*m_table).toCsv().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QByteArray("\"Name\",\"Description\",\"Changed\"\r"));
    static const QRegularExpression row(
        QStringLiteral("^\"One\",\"'=1\",\"[0-9-]{10}T[0-9:]{8}[.][0-9]{3}Z\"\r$"));
    QVERIFY2(row.match(QString::fromUtf8(lines[1])).hasMatch(), lines[1].constData());
}

PRISM_WIDGET_TEST(TestRecordsPage)

} // namespace tst_records_page

#include "tst_records_page.moc"
