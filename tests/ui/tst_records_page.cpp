#include "client/model/preferences.h"
#include "client/model/records_model.h"
#include "client/model/workspace.h"
#include "client/ui/choice_card.h"
#include "client/ui/language.h"
#include "client/ui/main_window.h"
#include "client/ui/navigation_rail.h"
#include "client/ui/notice_line.h"
#include "client/ui/page_stack.h"
#include "client/ui/table_contents.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace prism;
using ui::Page;

/// The records page by mouse and keyboard, in the whole window, against a real server on which others write.
class TestRecordsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void navigation_byMouseAndKeyboard();
    void emptyList_offersToCreateTheFirst();
    void create_byKeyboard_isStoredAndSelected();
    void createWithoutAName_saysSoBesideTheField();
    void nameTaken_isSaidBesideTheField();
    void edit_changesTheRecord();
    void escape_withChanges_asksFirst();
    void newRecord_whileAnotherIsUnsaved_keepsIt();
    void conflict_isShownSideBySideAndMerged();
    void remove_canBeUndone();
    void run_showsTheResult();
    void search_andType_narrowTheList();
    void saved_outsideTheSearch_isNotSelectedLater();
    void headers_sort();
    void othersChanges_keepSelectionAndScroll();
    void copy_takesRowsWithHeadings();
    void csv_hasTheColumnsShownAndExactTimes();
    void serverGone_saysSoAndKeepsTheRows();

private:
    QString create(const QString& name, const QJsonObject& more = {});
    void click(const char* name);
    void type(const char* name, const QString& text);
    QString text(int row, int column) const;
    void selectRow(int row);
    QString problem(const char* field) const;
    QString notice() const;
    QJsonObject stored(const QString& id);

    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_window->findChild<Widget*>(QLatin1String(name));
    }

    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<test::RestClient> m_others;
    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    QTableView* m_table = nullptr;
};

namespace {

const QByteArray path("/api/v1/analytics/records");

} // namespace

void TestRecordsPage::initTestCase()
{
    m_server = std::make_unique<test::ServerProcess>();
    QVERIFY(m_server->start());
    m_others = std::make_unique<test::RestClient>(m_server->httpUrl());
}

void TestRecordsPage::init()
{
    const auto left = m_others->get(path + "?limit=100").data().toArray();
    for (const auto& record : left)
        m_others->remove(path + '/' + record[QStringLiteral("id")].toString().toLatin1());
    m_settings = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<model::Preferences>(m_settings->filePath(QStringLiteral("preferences")));
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->httpUrl(), protocol::Period::Week);
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->setPage(Page::Records);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    QTRY_VERIFY(m_workspace->records().isShown());
    m_table = find<QTableView>("records");
}

void TestRecordsPage::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    m_language.reset();
    m_preferences.reset();
}

void TestRecordsPage::cleanupTestCase()
{
    m_others.reset();
    m_server.reset();
}

QString TestRecordsPage::create(const QString& name, const QJsonObject& more)
{
    QJsonObject body = more;
    body.insert(QStringLiteral("name"), name);
    if (!body.contains(QStringLiteral("type")))
        body.insert(QStringLiteral("type"), QStringLiteral("custom"));
    const QString id = m_others->post(path, body).data()[QStringLiteral("id")].toString();
    if (!QTest::qWaitFor([&] { return m_workspace->records().rowOf(id) >= 0; }))
        return {};
    return id;
}

void TestRecordsPage::click(const char* name)
{
    auto* button = find<QAbstractButton>(name);
    QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void TestRecordsPage::type(const char* name, const QString& text)
{
    auto* edit = find<QWidget>(name);
    QVERIFY2(edit && edit->isVisible(), name);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
}

QString TestRecordsPage::text(int row, int column) const
{
    return m_table->model()->index(row, column).data().toString();
}

void TestRecordsPage::selectRow(int row)
{
    const QRect place = m_table->visualRect(m_table->model()->index(row, 0));
    QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, place.center());
}

QString TestRecordsPage::problem(const char* field) const
{
    const auto* label = m_window->findChild<QLabel*>(QLatin1String(field) + QStringLiteral("-problem"));
    return label && label->isVisible() ? label->text() : QString();
}

QString TestRecordsPage::notice() const
{
    const auto* line = m_window->findChild<ui::NoticeLine*>();
    return line->isVisible() ? line->text() : QString();
}

QJsonObject TestRecordsPage::stored(const QString& id)
{
    return m_others->get(path + '/' + id.toLatin1()).data().toObject();
}

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

void TestRecordsPage::create_byKeyboard_isStoredAndSelected()
{
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier); // from any page
    auto* name = find<QLineEdit>("record-name");
    QVERIFY(name->hasFocus());
    QTest::keyClicks(name, QStringLiteral("Release readiness"));
    QTest::keyClick(name, Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("every Monday"));
    find<QComboBox>("record-period")->setFocus();
    QTest::keyClick(find<QComboBox>("record-period"), Qt::Key_Down);
    auto* metrics = find<QListWidget>("record-metrics");
    metrics->setFocus();
    QTest::keyClick(metrics, Qt::Key_Down);
    QTest::keyClick(metrics, Qt::Key_Space);
    type("filter-project", QStringLiteral("checkout, billing"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);

    QTRY_COMPARE(text(0, 0), QStringLiteral("Release readiness"));
    QTRY_VERIFY(!name->isVisible());
    QTRY_COMPARE(m_table->selectionModel()->selectedRows().size(), 1);
    QVERIFY(m_table->hasFocus());
    QVERIFY(notice().contains(QStringLiteral("saved")));
    const QJsonObject record = stored(m_workspace->records().record(0).id);
    QCOMPARE(record.value(QStringLiteral("description")).toString(), QStringLiteral("every Monday"));
    QCOMPARE(record.value(QStringLiteral("config")).toObject(), test::parseJson(R"({"metrics":["violations"],
        "period":"today","filters":{"project":["checkout","billing"]}})")
                                                                    .toObject());
}

void TestRecordsPage::createWithoutAName_saysSoBesideTheField()
{
    click("record-new");
    QVERIFY(problem("record-name").isEmpty()); // not before the person tried
    click("record-save");
    QCOMPARE(problem("record-name"), QStringLiteral("A record needs a name."));
    QVERIFY(find<QLineEdit>("record-name")->hasFocus());
    type("record-name", QStringLiteral("x"));
    QVERIFY(problem("record-name").isEmpty());
}

void TestRecordsPage::nameTaken_isSaidBesideTheField()
{
    create(QStringLiteral("Taken"));
    click("record-new");
    type("record-name", QStringLiteral("Taken"));
    click("record-save");
    QTRY_COMPARE(problem("record-name"), QStringLiteral("Another record has this name already."));
    type("record-name", QStringLiteral("Free"));
    QVERIFY(problem("record-name").isEmpty());
    click("record-save");
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
}

void TestRecordsPage::edit_changesTheRecord()
{
    const QString id =
        create(QStringLiteral("Before"), {{QStringLiteral("description"), QStringLiteral("kept")}});
    selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    QCOMPARE(find<QPlainTextEdit>("record-description")->toPlainText(), QStringLiteral("kept"));
    type("record-name", QStringLiteral("After"));
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("After"));
    QCOMPARE(stored(id).value(QStringLiteral("description")).toString(), QStringLiteral("kept"));
}

void TestRecordsPage::escape_withChanges_asksFirst()
{
    create(QStringLiteral("Before"));
    selectRow(0);
    click("record-edit");
    auto* name = find<QLineEdit>("record-name");
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible()); // nothing to lose
    click("record-edit");
    type("record-name", QStringLiteral("After"));
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(name->isVisible());
    QCOMPARE(find<QPushButton>("record-leave")->text(), QStringLiteral("Discard changes"));
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible());
    QCOMPARE(text(0, 0), QStringLiteral("Before"));
}

void TestRecordsPage::newRecord_whileAnotherIsUnsaved_keepsIt()
{
    click("record-new");
    type("record-name", QStringLiteral("Half written"));
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("Half written"));
    QVERIFY(find<QLabel>("record-note")->isVisible());
}

void TestRecordsPage::conflict_isShownSideBySideAndMerged()
{
    const QString id =
        create(QStringLiteral("Shared"), {{QStringLiteral("description"), QStringLiteral("as it was")}});
    selectRow(0);
    click("record-edit");
    QCOMPARE(m_others
                 ->put(path + '/' + id.toLatin1(),
                       QJsonObject{{QStringLiteral("description"), QStringLiteral("theirs")},
                                   {QStringLiteral("type"), QStringLiteral("adhoc")}})
                 .status,
             200);
    QTRY_VERIFY(find<QLabel>("record-note")->text().contains(QStringLiteral("Somebody else changed")));
    type("record-name", QStringLiteral("Shared by two"));
    type("record-description", QStringLiteral("mine"));
    click("record-save");

    QTRY_VERIFY(find<ui::ChoiceCard>("mine-description"));
    QCOMPARE(find<ui::ChoiceCard>("mine-description")->text(), QStringLiteral("mine"));
    QCOMPARE(find<ui::ChoiceCard>("theirs-description")->text(), QStringLiteral("theirs"));
    QVERIFY(!find<ui::ChoiceCard>("mine-name")); // only one side changed it
    QVERIFY(!find<QPushButton>("merge-save")->isEnabled());
    QTRY_VERIFY(find<ui::ChoiceCard>("mine-description")->hasFocus());
    QTest::keyClick(find<ui::ChoiceCard>("mine-description"), Qt::Key_Space);
    QVERIFY(find<ui::ChoiceCard>("mine-description")->isChecked());
    click("merge-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("Shared by two"));
    QTRY_VERIFY(notice().contains(QStringLiteral("somebody else's changes")));
    const QJsonObject record = stored(id);
    QCOMPARE(record.value(QStringLiteral("description")).toString(), QStringLiteral("mine"));
    QCOMPARE(record.value(QStringLiteral("type")).toString(), QStringLiteral("adhoc"));
    QCOMPARE(record.value(QStringLiteral("version")).toInt(), 3);
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
    QCOMPARE(m_others->post(path + "/batch", list).status, 201);
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

void TestRecordsPage::serverGone_saysSoAndKeepsTheRows()
{
    create(QStringLiteral("Stays"));
    selectRow(0);
    m_server->kill9();
    click("record-new");
    type("record-name", QStringLiteral("Not lost"));
    click("record-save");
    QTRY_VERIFY(find<QLabel>("record-note")->isVisible());
    QVERIFY(find<QLabel>("record-note")->text().contains(QStringLiteral("Saving again is safe")));
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("Not lost"));
    QCOMPARE(text(0, 0), QStringLiteral("Stays"));
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    m_others = std::make_unique<test::RestClient>(m_server->httpUrl());
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("Not lost"));
}

QTEST_MAIN(TestRecordsPage)
#include "tst_records_page.moc"
