#include "client/model/records_model.h"
#include "client/ui/window/page.h"
#include "tests/support/test_program.h"
#include "tests/ui/records/records_test.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTest>

namespace tst_focus {

using namespace prism;

/// That the keyboard stays where the work is when a control that has it goes away or cannot be used any more:
/// each row does something with the mouse on a button, and says where one can go on typing.
class TestFocus : public test::RecordsTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }
    void init() { openPage(); }
    void cleanup() { closePage(); }
    void cleanupTestCase() { stopServer(); }

    void focus_staysWhereTheWorkIs_data();
    void focus_staysWhereTheWorkIs();
    void deleted_selectsTheNextRow();

private:
    void createMany(int count);
    void act(const QString& what);
};

void TestFocus::createMany(int count)
{
    QJsonArray list;
    for (int i = 1; i <= count; ++i)
        list.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("custom")},
                                {QStringLiteral("name"), QStringLiteral("record %1").arg(i, 3)}});
    QCOMPARE(m_client->post(path + "/batch", list).status, 201);
    QTRY_COMPARE(m_table->model()->rowCount(), std::min(count, model::RecordsModel::pageSize));
}

void TestFocus::focus_staysWhereTheWorkIs_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("there");
    const auto row = [](const char* what, const char* there) {
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(there);
    };
    row("one of two is deleted", "records");
    row("the last one is deleted", "records");
    row("the deletion is undone", "records");
    row("the notice is sent away", "records");
    row("a record is saved", "records");
    row("a taken name is refused", "record-name");
    row("a record without a name is refused", "record-name");
    row("changes are discarded", "records");
    row("the last page is reached", "records");
    row("the first page is reached", "records");
    row("the first record is created", "record-name");
    row("a record is run again", "result-close");
    row("a result is closed", "records");
    row("settings are saved", "retentionDays");
    row("settings are reverted", "retentionDays");
    row("the past is left", "time-slider");
}

void TestFocus::act(const QString& what)
{
    const auto is = [&what](const char* row) { return what == QLatin1String(row); };
    if (is("one of two is deleted") || is("the deletion is undone") || is("the notice is sent away") ||
        is("the last one is deleted")) {
        createMany(is("the last one is deleted") ? 1 : 2);
        const int before = m_table->model()->rowCount();
        selectRow(0);
        click("record-remove");
        QTRY_COMPARE(m_table->model()->rowCount(), before - 1);
        QTRY_VERIFY(!notice().isEmpty());
        if (is("the deletion is undone"))
            click("notice-action");
        if (is("the notice is sent away"))
            click("notice-close");
    } else if (is("a record is saved") || is("a taken name is refused")) {
        createMany(1);
        click("record-new");
        type("record-name", is("a record is saved") ? QStringLiteral("free") : QStringLiteral("record   1"));
        click("record-save");
    } else if (is("a record without a name is refused")) {
        click("record-new");
        find<QWidget>("filter-project")->setFocus();
        click("record-save");
    } else if (is("changes are discarded")) {
        click("record-new");
        type("record-name", QStringLiteral("half"));
        click("record-leave");
        click("record-leave");
    } else if (is("the last page is reached") || is("the first page is reached")) {
        createMany(60);
        click("records-next");
        QTRY_COMPARE(m_workspace->records().query().page, 2);
        QTRY_VERIFY(m_workspace->records().isShown());
        if (is("the first page is reached")) {
            click("records-previous");
            QTRY_VERIFY(m_workspace->records().query().page == 1 && m_workspace->records().isShown());
        }
    } else if (is("the first record is created")) {
        click("records-empty-action");
    } else if (is("a record is run again") || is("a result is closed")) {
        createMany(1);
        selectRow(0);
        click("record-run");
        QTRY_VERIFY(find<QWidget>("result-again")->isEnabled());
        click(is("a result is closed") ? "result-close" : "result-again");
    } else if (what.startsWith(QLatin1String("settings"))) {
        m_window->setPage(ui::Page::Settings);
        QTRY_VERIFY(find<QWidget>("retentionDays")->isVisible());
        type("retentionDays", QStringLiteral("%1").arg(is("settings are saved") ? 77 : 78));
        click(is("settings are saved") ? "server-settings-save" : "server-settings-revert");
    } else {
        m_window->setPage(ui::Page::Dashboard);
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        auto* slider = find<QSlider>("time-slider");
        slider->setValue(slider->maximum() - 10);
        QTRY_VERIFY(find<QWidget>("time-live")->isEnabled());
        click("time-live");
    }
}

void TestFocus::focus_staysWhereTheWorkIs()
{
    QFETCH(const QString, what);
    QFETCH(const QString, there);
    act(what);
    if (QTest::currentTestFailed())
        return;
    const auto name = [] {
        const QWidget* focused = QApplication::focusWidget();
        return focused ? focused->objectName() : QStringLiteral("nowhere");
    };
    QTRY_COMPARE(name(), there);
}

void TestFocus::deleted_selectsTheNextRow()
{
    createMany(3);
    selectRow(1);
    const QString next = text(2, 0);
    click("record-remove");
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
    const auto chosen = [this] {
        return m_table->selectionModel()->selectedRows().value(0).data().toString();
    };
    QTRY_COMPARE(chosen(), next);
    QVERIFY(find<QPushButton>("record-remove")->isEnabled());
}

PRISM_WIDGET_TEST(TestFocus)

} // namespace tst_focus

#include "tst_focus.moc"
