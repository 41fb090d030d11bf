#include "client/model/activity_model.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/activity/activity_table.h"
#include "client/ui/activity/activity_texts.h"
#include "shared/protocol/alert.h"
#include "shared/protocol/event.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include <functional>

using namespace prism;
using model::ActivityModel;

/// Stands in for the desktop's browser.
class Browser : public QObject
{
    Q_OBJECT

public:
    QList<QUrl> shown;

public slots:
    void show(const QUrl& url) { shown.append(url); }
};

class TestActivityPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void rows_areSaidInWords();
    void alert_isASentenceOfItsFacts();
    void typeFilter_showsOnlyThatType();
    void textFilter_looksIntoEveryColumn_data();
    void textFilter_looksIntoEveryColumn();
    void textFilter_findsWhatTheDetailsShow_data();
    void textFilter_findsWhatTheDetailsShow();
    void textFilter_thatFindsNothing_saysWhereItLooked();
    void textFilter_knowsLettersBeyondAscii();
    void rowsArriving_keepTheSelection();
    void rowsArriving_whileScrolledDown_keepTheView();
    void rowsArriving_atTheTop_areShown();
    void copy_takesSelectedRowsWithHeadings();
    void copy_byKeyboard_takesAllSelectedRows();
    void copy_takesTheColumnsShownInTheirOrder();
    void csv_hasEveryFilteredRowAndNoFormula();
    void hiddenColumns_areChosenByTheMenuAndOneStays();
    void details_openByKeyboardAndFollowTheSelection();
    void details_byDoubleClick_openOnceAfterOtherFonts();
    void details_areCopiedAndClosedByKeyboard();
    void violation_isMarkedFromTheDetails();
    void evidence_isInRowAndDetails();
    void run_isOpenedWhenItIsOfTheWeb_data();
    void run_isOpenedWhenItIsOfTheWeb();
    void checkUpdate_reachesRowAndDetails();
    void lateCheck_showsItsOwnTimeInRowAndDetails();
    void anotherLocale_saysEverythingAnew();
    void proxy_isAnHonestModel();

private:
    void append(int count);
    QString text(int row, ActivityModel::Column column) const;
    QString fact(const QString& name) const; ///< in the details

    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<ui::ActivityPanel> m_panel;
    QTableView* m_table = nullptr;
    QTreeWidget* m_facts = nullptr;
    protocol::Seq m_seq = 0;
};

void TestActivityPanel::init()
{
    net::Options options;
    options.timing.flushGap = std::chrono::milliseconds(0);
    m_activity = std::make_unique<ActivityModel>(options);
    m_panel = std::make_unique<ui::ActivityPanel>(*m_activity);
    m_panel->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_panel->resize(600, 300);
    m_panel->show();
    m_table = m_panel->findChild<QTableView*>();
    m_facts = m_panel->findChild<QTreeWidget*>(QStringLiteral("activity-facts"));
    m_seq = 0;
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestActivityPanel::cleanup()
{
    m_panel.reset();
    m_activity.reset();
}

void TestActivityPanel::append(int count)
{
    QList<protocol::Event> events;
    const int before = m_activity->rowCount();
    for (int i = 0; i < count; ++i) {
        ++m_seq;
        if (m_seq % 3 == 0)
            events.append(test::recordEvent(m_seq, QStringLiteral("record %1").arg(m_seq)));
        else
            events.append(test::checkEvent(
                m_seq, QStringLiteral("project-%1").arg(m_seq),
                m_seq % 3 == 1 ? QStringLiteral("PASS") : QStringLiteral("BLOCKED"), m_seq % 3 == 1 ? 0 : 2));
    }
    m_activity->append(events);
    QTRY_COMPARE(m_activity->rowCount(), before + count);
}

QString TestActivityPanel::text(int row, ActivityModel::Column column) const
{
    return m_table->model()->index(row, column).data().toString();
}

QString TestActivityPanel::fact(const QString& name) const
{
    const QTreeWidgetItem* item = m_facts->findItems(name, Qt::MatchExactly).value(0);
    return item ? item->text(1) : QString();
}

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

void TestActivityPanel::alert_isASentenceOfItsFacts()
{
    protocol::Alert alert;
    alert.id = QStringLiteral("a");
    alert.kind = protocol::AlertKind::QualityDrop;
    alert.metric = QStringLiteral("violationRate");
    alert.value = 1'240;
    alert.expected = 12.5;
    alert.since = *protocol::fromIso(u"2026-02-07T22:30:00Z");
    alert.checks = 3'000;
    m_activity->append({{protocol::event_type::alert, ++m_seq, protocol::toJson(alert), *alert.since}});
    QTRY_COMPARE(m_activity->rowCount(), 1);
    const QString sentence =
        QStringLiteral("1,240 of 3,000 checks since 7 Feb 22:30 have violations; 12.5 are usual");
    QCOMPARE(text(0, ActivityModel::DetailColumn), sentence);
    m_table->setFocus();
    m_table->selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    QCOMPARE(fact(QStringLiteral("Message")), sentence);
    QCOMPARE(fact(QStringLiteral("State")), QStringLiteral("open"));
}

void TestActivityPanel::typeFilter_showsOnlyThatType()
{
    append(9);
    auto* group = m_panel->findChild<QComboBox*>(QStringLiteral("activity-group"));
    group->setCurrentIndex(int(ui::ActivityTexts::Group::Records));
    QCOMPARE(m_table->model()->rowCount(), 3);
    append(3);
    QCOMPARE(m_table->model()->rowCount(), 4);
    group->setCurrentIndex(int(ui::ActivityTexts::Group::Alerts));
    QCOMPARE(m_table->model()->rowCount(), 0);
    group->setCurrentIndex(int(ui::ActivityTexts::Group::All));
    QCOMPARE(m_table->model()->rowCount(), 12);
}

void TestActivityPanel::textFilter_looksIntoEveryColumn_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<int>("rows");
    QTest::newRow("detail") << QStringLiteral("project-2") << 1;
    QTest::newRow("status, in any case") << QStringLiteral("blocked") << 3;
    QTest::newRow("type") << QStringLiteral("Record") << 3;
    QTest::newRow("blanks around do not count") << QStringLiteral("  PASS ") << 3;
    QTest::newRow("nothing") << QStringLiteral("nowhere") << 0;
}

void TestActivityPanel::textFilter_looksIntoEveryColumn()
{
    append(9);
    QFETCH(QString, search);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(search);
    QTEST(m_table->model()->rowCount(), "rows");
}

void TestActivityPanel::textFilter_findsWhatTheDetailsShow_data()
{
    QTest::addColumn<QString>("search");
    QTest::newRow("person") << QStringLiteral("lovelace");
    QTest::newRow("session") << QStringLiteral("night-shift");
    QTest::newRow("principle's id") << QStringLiteral("no-secrets");
    QTest::newRow("principle's name") << QStringLiteral("secrets in code");
    QTest::newRow("message") << QStringLiteral("token found");
}

void TestActivityPanel::textFilter_findsWhatTheDetailsShow()
{
    append(3);
    const QJsonObject violation{{QStringLiteral("principleId"), QStringLiteral("no-secrets")},
                                {QStringLiteral("principleName"), QStringLiteral("No secrets in code")},
                                {QStringLiteral("message"), QStringLiteral("A token found in a.cpp")}};
    m_activity->append({{QString(protocol::event_type::checkCompleted),
                         ++m_seq,
                         {{QStringLiteral("status"), QStringLiteral("BLOCKED")},
                          {QStringLiteral("project"), QStringLiteral("engine")},
                          {QStringLiteral("user"), QStringLiteral("Ada Lovelace")},
                          {QStringLiteral("session"), QStringLiteral("night-shift")},
                          {QStringLiteral("violations"), QJsonArray{violation}}},
                         protocol::now()}});
    QTRY_COMPARE(m_activity->rowCount(), 4);
    QFETCH(QString, search);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(search);
    QCOMPARE(m_table->model()->rowCount(), 1);
    QVERIFY(m_table->model()
                ->index(0, model::ActivityModel::DetailColumn)
                .data()
                .toString()
                .startsWith(QStringLiteral("engine")));
}

void TestActivityPanel::textFilter_thatFindsNothing_saysWhereItLooked()
{
    append(3);
    auto* search = m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"));
    const auto* older = m_panel->findChild<QPushButton*>(QStringLiteral("activity-older"));
    const auto isSaid = [this](const QString& note) {
        const QList<QLabel*> labels = m_table->findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return label->isVisible() && label->text() == note; });
    };
    search->setText(QStringLiteral("nowhere"));
    QVERIFY(isSaid(QStringLiteral("No event matches the filter."))); // these are all there are
    QVERIFY(!older->isVisible());

    m_activity->setHasOlder(true);
    QVERIFY(isSaid(
        QStringLiteral("None of the 3 event(s) loaded matches the filter. Older ones were not searched.")));
    QVERIFY(search->toolTip().contains(QStringLiteral("3 event(s) loaded")));
    QSignalSpy requested(m_panel.get(), &ui::ActivityPanel::olderRequested);
    QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("activity-older")), Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    append(1);
    QVERIFY(isSaid(
        QStringLiteral("None of the 4 event(s) loaded matches the filter. Older ones were not searched.")));
    search->setText(QStringLiteral("project-1")); // some match
    QVERIFY(!older->isVisible());
}

/// As the server searches: in any case, and however letters are composed.
void TestActivityPanel::textFilter_knowsLettersBeyondAscii()
{
    m_activity->append({test::recordEvent(++m_seq, QString::fromUtf8("Die \u00c4rzte")),
                        test::recordEvent(++m_seq, QString::fromUtf8("Hauptstra\u00dfe"))});
    QTRY_COMPARE(m_activity->rowCount(), 2);
    auto* search = m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"));
    for (const char* text : {"\u00e4rzte", "a\u0308RZTE", "strasse"}) {
        search->setText(QString::fromUtf8(text));
        QCOMPARE(m_table->model()->rowCount(), 1);
    }
    search->setText(QStringLiteral("arzte"));
    QCOMPARE(m_table->model()->rowCount(), 0);
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

void TestActivityPanel::details_openByKeyboardAndFollowTheSelection()
{
    append(3);
    m_table->setFocus();
    m_table->selectRow(2);
    QVERIFY(!m_facts->isVisible());
    QTest::keyClick(m_table, Qt::Key_Return);
    QVERIFY(m_facts->isVisible());
    QCOMPARE(fact(QStringLiteral("Project")), QStringLiteral("project-1"));
    QCOMPARE(fact(QStringLiteral("Id")), QStringLiteral("c1"));
    QCOMPARE(fact(QStringLiteral("Check time")), QStringLiteral("12.5 ms"));
    QCOMPARE(fact(QStringLiteral("Number")), QStringLiteral("1"));
    QTest::keyClick(m_table, Qt::Key_Up);
    QCOMPARE(fact(QStringLiteral("Project")), QStringLiteral("project-2"));
    QVERIFY2(fact(QStringLiteral("P1")).contains(QStringLiteral("WARNING")),
             qPrintable(fact(QStringLiteral("P1"))));
    append(5); // the selection stays, and so do the details
    QCOMPARE(fact(QStringLiteral("Project")), QStringLiteral("project-2"));
}

void TestActivityPanel::details_byDoubleClick_openOnceAfterOtherFonts()
{
    append(1);
    QEvent fontChange(QEvent::FontChange);
    for (int i = 0; i < 2; ++i)
        QApplication::sendEvent(m_table, &fontChange);
    QSignalSpy requested(qobject_cast<ui::ActivityTable*>(m_table), &ui::ActivityTable::detailsRequested);
    const QPoint place = m_table->visualRect(m_table->model()->index(0, 0)).center();
    QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(m_table->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(requested.size(), 1);
    QVERIFY(m_facts->isVisible());
}

void TestActivityPanel::details_areCopiedAndClosedByKeyboard()
{
    append(1);
    QTest::mouseClick(m_panel->findChild<QToolButton*>(QStringLiteral("activity-details-button")),
                      Qt::LeftButton);
    QVERIFY(m_facts->isVisible());
    m_facts->setFocus();
    QTest::keyClick(m_facts, Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(QStringLiteral("Event\tCheck\n")), qPrintable(copied));
    QVERIFY2(copied.contains(QStringLiteral("Project\tproject-1\n")), qPrintable(copied));
    QTest::keyClick(m_facts, Qt::Key_Escape);
    QVERIFY(!m_facts->isVisible());
    QVERIFY(!m_panel->findChild<QToolButton*>(QStringLiteral("activity-details-button"))->isChecked());
}

void TestActivityPanel::violation_isMarkedFromTheDetails()
{
    append(2);
    QSignalSpy chosen(m_panel.get(), &ui::ActivityPanel::falsePositiveChosen);
    auto* mark = m_panel->findChild<QPushButton*>(QStringLiteral("activity-mark"));
    m_table->selectRow(0);
    m_panel->showDetails(true);
    QVERIFY(!mark->isEnabled());
    m_facts->setCurrentItem(m_facts->findItems(QStringLiteral("P1"), Qt::MatchExactly).value(0));
    QVERIFY(mark->isEnabled());
    QCoreApplication::processEvents(); // it has its place from then on
    QTest::mouseClick(mark, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0], QVariantList({QStringLiteral("c2"), 1, true}));
}

void TestActivityPanel::lateCheck_showsItsOwnTimeInRowAndDetails()
{
    protocol::Event late = test::checkEvent(1, QStringLiteral("web"), QStringLiteral("PASS"), 0);
    late.data.insert(QStringLiteral("timestamp"), QStringLiteral("2025-11-03T08:15:00.000Z"));
    m_activity->append({late});
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    const QString shown = text(0, ActivityModel::TimeColumn);
    QVERIFY2(shown.contains(QStringLiteral("3 Nov")) || shown.contains(QStringLiteral("Nov 3")),
             qPrintable(shown));
    m_table->selectRow(0);
    m_panel->showDetails(true);
    QVERIFY2(fact(QStringLiteral("Time")).contains(QStringLiteral("November 3, 2025")),
             qPrintable(fact(QStringLiteral("Time"))));
}

/// What the event lists is not all, and how long it took nobody knows.
void TestActivityPanel::evidence_isInRowAndDetails()
{
    m_activity->append({{QString(protocol::event_type::checkCompleted), 1,
                         QJsonDocument::fromJson(R"({
        "id":"c","status":"BLOCKED","project":"shop","gate":"unit tests","branch":"main","commit":"3a69c8a",
        "url":"https:\/\/ci.example/7","origin":"ci","note":"Not all are kept.",
        "violations":[{"principleId":"style","severity":"WARNING","falsePositive":false},
                      {"principleId":"leak","severity":"BLOCK","message":"never freed","file":"src/a.cpp",
                       "line":12,"column":7,"falsePositive":false}],
        "counts":{"block":3,"warning":4000,"info":0,"falsePositive":5}})")
                             .object(),
                         *protocol::fromIso(u"2026-02-07T22:30:00Z")}});
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    QCOMPARE(text(0, ActivityModel::DetailColumn),
             QStringLiteral("shop / unit tests · 4,003 violation(s) · leak src/a.cpp:12:7 · —"));
    m_table->selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    QCOMPARE(fact(QStringLiteral("Gate")), QStringLiteral("unit tests"));
    QCOMPARE(fact(QStringLiteral("Branch")), QStringLiteral("main"));
    QCOMPARE(fact(QStringLiteral("Commit")), QStringLiteral("3a69c8a"));
    QCOMPARE(fact(QStringLiteral("Run")), QStringLiteral("https://ci.example/7"));
    QCOMPARE(fact(QStringLiteral("Ran on")), QStringLiteral("CI"));
    QCOMPARE(fact(QStringLiteral("Check time")), QStringLiteral("—"));
    QCOMPARE(fact(QStringLiteral("Note")), QStringLiteral("Not all are kept."));
    QCOMPARE(fact(QStringLiteral("leak")), QStringLiteral("BLOCK · src/a.cpp:12:7 · never freed"));
    QCOMPARE(fact(QStringLiteral("Violations")), QStringLiteral("4,003, of which the first 2 are listed"));
    QCOMPARE(fact(QStringLiteral("counts")), QString());
}

void TestActivityPanel::run_isOpenedWhenItIsOfTheWeb_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("https") << "https://ci.example/7?a=b" << true;
    QTest::newRow("http") << "http://ci.example:8080/" << true;
    QTest::newRow("none") << QString() << false;
    QTest::newRow("file") << "file:///etc/passwd" << false;
    QTest::newRow("another scheme") << "ftp://ci.example/7" << false;
    QTest::newRow("program") << "javascript:alert(1)" << false;
    QTest::newRow("without a host") << "https:///7" << false;
    QTest::newRow("without a scheme") << "ci.example/7" << false;
}

void TestActivityPanel::run_isOpenedWhenItIsOfTheWeb()
{
    QFETCH(const QString, url);
    QFETCH(const bool, isOpened);
    protocol::Event event = test::checkEvent(1, QStringLiteral("shop"), QStringLiteral("PASS"), 0);
    event.data.insert(QLatin1String("url"), url);
    m_activity->append({event});
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    m_table->selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    auto* open = m_panel->findChild<QPushButton*>(QStringLiteral("activity-open"));
    QCOMPARE(open->isVisible(), isOpened);
    Browser browser;
    for (const char* scheme : {"http", "https"})
        QDesktopServices::setUrlHandler(QLatin1String(scheme), &browser, "show");
    open->click();
    for (const char* scheme : {"http", "https"})
        QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    QCOMPARE(browser.shown, isOpened ? QList<QUrl>{QUrl(url)} : QList<QUrl>());
}

void TestActivityPanel::checkUpdate_reachesRowAndDetails()
{
    append(2);
    m_table->selectRow(0);
    m_panel->showDetails(true);
    m_facts->setCurrentItem(m_facts->findItems(QStringLiteral("P1"), Qt::MatchExactly).value(0));
    protocol::Event completed =
        test::checkEvent(2, QStringLiteral("project-2"), QStringLiteral("BLOCKED"), 2);
    QJsonArray violations = completed.data.value(QLatin1String("violations")).toArray();
    QJsonObject second = violations[1].toObject();
    second.insert(QLatin1String("falsePositive"), true);
    violations[1] = second;
    completed.data.insert(QLatin1String("violations"), violations);
    const protocol::Event updated{
        protocol::event_type::checkUpdated,
        ++m_seq,
        {{QLatin1String("id"), QStringLiteral("c2")}, {QLatin1String("check"), completed.data}},
        completed.timestamp};
    m_activity->append({updated});
    QTRY_COMPARE(m_activity->rowCount(), 3);
    QCOMPARE(text(0, ActivityModel::TypeColumn), QStringLiteral("Check changed"));
    QCOMPARE(text(1, ActivityModel::DetailColumn),
             QStringLiteral("project-2 · 1 violation(s) · P0 · 12.5 ms"));
    QCOMPARE(fact(QStringLiteral("P1")), QStringLiteral("WARNING · false positive"));
    QCOMPARE(m_panel->findChild<QPushButton*>(QStringLiteral("activity-mark"))->text(),
             QStringLiteral("Count the violation again"));
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

void TestActivityPanel::proxy_isAnHonestModel()
{
    QAbstractItemModelTester tester(m_table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    append(30);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(QStringLiteral("PASS"));
    append(30);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->clear();
    QCOMPARE(m_table->model()->rowCount(), 60);
}

PRISM_WIDGET_TEST(TestActivityPanel)
#include "tst_activity_panel.moc"
