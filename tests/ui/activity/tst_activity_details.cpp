#include "client/ui/activity/activity_table.h"
#include "shared/protocol/alert.h"
#include "shared/protocol/event.h"
#include "tests/support/test_program.h"
#include "tests/ui/activity/activity_test.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace tst_activity_details {

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

/// All that one event says, and what is done from there.
class TestActivityDetails : public QObject, private test::ActivityTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void alert_isASentenceOfItsFacts();
    void details_openByKeyboardAndFollowTheSelection();
    void details_byDoubleClick_openOnceAfterOtherFonts();
    void details_areCopiedAndClosedByKeyboard();
    void violation_isMarkedFromTheDetails();
    void evidence_isInRowAndDetails();
    void run_isOpenedWhenItIsOfTheWeb_data();
    void run_isOpenedWhenItIsOfTheWeb();
    void checkUpdate_reachesRowAndDetails();
    void gateThatTurned_saysHowItStoodAndStands();
    void lateCheck_showsItsOwnTimeInRowAndDetails();
};

void TestActivityDetails::alert_isASentenceOfItsFacts()
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

void TestActivityDetails::details_openByKeyboardAndFollowTheSelection()
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

void TestActivityDetails::details_byDoubleClick_openOnceAfterOtherFonts()
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

void TestActivityDetails::details_areCopiedAndClosedByKeyboard()
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

void TestActivityDetails::violation_isMarkedFromTheDetails()
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

/// What the event lists is not all, and how long it took nobody knows.
void TestActivityDetails::evidence_isInRowAndDetails()
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

void TestActivityDetails::run_isOpenedWhenItIsOfTheWeb_data()
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

void TestActivityDetails::run_isOpenedWhenItIsOfTheWeb()
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

void TestActivityDetails::gateThatTurned_saysHowItStoodAndStands()
{
    const QJsonObject check{{QStringLiteral("id"), QStringLiteral("c1")},
                            {QStringLiteral("status"), QStringLiteral("BLOCKED")},
                            {QStringLiteral("commit"), QStringLiteral("c0ffee")},
                            {QStringLiteral("url"), QStringLiteral("https://ci.example/7")}};
    const protocol::Event turned{protocol::event_type::gateChanged,
                                 ++m_seq,
                                 {{QStringLiteral("project"), QStringLiteral("shop")},
                                  {QStringLiteral("gate"), QStringLiteral("unit")},
                                  {QStringLiteral("branch"), QStringLiteral("main")},
                                  {QStringLiteral("from"), QStringLiteral("WARNING")},
                                  {QStringLiteral("to"), QStringLiteral("BLOCKED")},
                                  {QStringLiteral("check"), check}},
                                 protocol::now()};
    m_activity->append({turned});
    QTRY_COMPARE(m_activity->rowCount(), 1);
    QCOMPARE(text(0, ActivityModel::TypeColumn), QStringLiteral("Gate changed"));
    QCOMPARE(text(0, ActivityModel::StatusColumn), QStringLiteral("BLOCKED"));
    QCOMPARE(text(0, ActivityModel::DetailColumn), QStringLiteral("shop / unit · was WARNING before"));
    m_table->selectRow(0);
    m_panel->showDetails(true);
    QCOMPARE(fact(QStringLiteral("Gate")), QStringLiteral("unit"));
    QCOMPARE(fact(QStringLiteral("Branch")), QStringLiteral("main"));
    QCOMPARE(fact(QStringLiteral("Commit")), QStringLiteral("c0ffee"));
    QCOMPARE(fact(QStringLiteral("Before")), QStringLiteral("WARNING"));
}

void TestActivityDetails::checkUpdate_reachesRowAndDetails()
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

void TestActivityDetails::lateCheck_showsItsOwnTimeInRowAndDetails()
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

PRISM_WIDGET_TEST(TestActivityDetails)

} // namespace tst_activity_details

#include "tst_activity_details.moc"
