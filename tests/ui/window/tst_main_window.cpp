#include "client/ui/activity/activity_panel.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/status_line.h"
#include "tests/support/test_program.h"
#include "tests/ui/widgets_in.h"
#include "tests/ui/window/main_window_test.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace tst_main_window {

using namespace prism;

/// The whole window, and what a person does in it.
class TestMainWindow : public QObject, private test::MainWindowTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void numbers_arriveInCards();
    void event_changesCardsAndActivity();
    void serverGone_keepsEverythingAndSaysSo();
    void serverNeverReached_saysWhyForAsLong();
    void acknowledgeButton_acknowledges();
    void acknowledging_thatFails_isSaidInTheStatusLine();
    void remembered_isShownAtOnceAndNeverClaimsToBeLive();
    void shortcuts_choosePeriods();
    void f5_fetchesAnew();
    void ctrlF_goesToTheFilter();
    void everyControl_hasAnAccessibleName();
    void everyControl_isReachedByTab();
    void smallestSize_fitsASmallScreen();
    void firstSize_leavesRoomForAFrame();
};

void TestMainWindow::numbers_arriveInCards()
{
    QCOMPARE(m_view->card(Kind::Violations)->valueText(), QStringLiteral("67"));
    QCOMPARE(m_view->card(Kind::Violations)->changeText(), QStringLiteral("▼ −33.0% better"));
    QCOMPARE(m_view->card(Kind::ActiveUsers)->valueText(), QStringLiteral("8"));
    QCOMPARE(m_view->card(Kind::AverageCheckTime)->valueText(), QStringLiteral("12.5 ms"));
    QTRY_VERIFY2(m_window->windowTitle().contains(QStringLiteral("(live)")),
                 qPrintable(m_window->windowTitle()));
}

void TestMainWindow::event_changesCardsAndActivity()
{
    const auto* table = m_window->findChild<QAbstractItemView*>(QStringLiteral("activity"));
    const int rows = table->model()->rowCount();
    m_dashboard.summary.totalChecks = 12'346;
    m_server->publish();
    QTRY_COMPARE(table->model()->rowCount(), rows + 1);
    QTRY_COMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,346"));
}

void TestMainWindow::serverGone_keepsEverythingAndSaysSo()
{
    const auto* badge = m_window->findChild<ui::ConnectionBadge*>();
    const QPoint before = m_view->pos();
    m_server->goAway();
    QTRY_VERIFY2(badge->text().startsWith(QStringLiteral("offline since ")), qPrintable(badge->text()));
    QVERIFY(badge->offersRetry());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCOMPARE(m_view->pos(), before); // nothing moved
    QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
    QTRY_VERIFY(m_view->card(Kind::TotalChecks)->isStale());
    QCOMPARE(m_view->card(Kind::TotalChecks)->ageText(), QString()); // the badge says since when
    QVERIFY(!QApplication::activeModalWidget());

    QVERIFY(m_server->listenAgain());
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("retry")), Qt::LeftButton);
    QTRY_VERIFY2(badge->text().startsWith(QStringLiteral("live")), qPrintable(badge->text()));
    QTRY_VERIFY(!m_view->card(Kind::TotalChecks)->isStale());
    QVERIFY(badge->hasFocus()); // where the button was
}

void TestMainWindow::serverNeverReached_saysWhyForAsLong()
{
    m_window.reset();
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_server->override = [](const test::StubRequest&) { return test::StubAnswer{200, "<html>Hello</html>"}; };
    m_server->goAway();
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_workspace->start();
    const auto* status = m_window->findChild<ui::StatusLine*>();
    const QString address = m_server->url().authority();
    QTRY_COMPARE(
        status->noticeText(),
        QStringLiteral("Nothing answers at %1. Is the server running, and is the port right?").arg(address));

    QVERIFY(m_server->listenAgain());
    m_workspace->feed().retryNow();
    QTRY_COMPARE(status->noticeText(),
                 QStringLiteral("What answers at %1 is not a PRISM server.").arg(address));

    m_server->override = nullptr;
    m_workspace->feed().retryNow();
    QTRY_COMPARE(status->noticeText(), QString());
}

void TestMainWindow::acknowledgeButton_acknowledges()
{
    m_server->raiseAlert(QStringLiteral("a"));
    QTRY_COMPARE(m_workspace->alerts().unacknowledged(), 1);
    auto* list = m_window->findChild<QAbstractItemView*>(QStringLiteral("alerts"));
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("alerts-acknowledge")),
                      Qt::LeftButton);
    QTRY_COMPARE(m_workspace->alerts().unacknowledged(), 0);
    QVERIFY(list->hasFocus()); // and not whatever comes after the button
}

void TestMainWindow::acknowledging_thatFails_isSaidInTheStatusLine()
{
    m_server->raiseAlert(QStringLiteral("a"));
    QTRY_COMPARE(m_workspace->alerts().unacknowledged(), 1);
    m_server->alerts.clear();
    auto* list = m_window->findChild<QAbstractItemView*>(QStringLiteral("alerts"));
    list->setCurrentIndex(list->model()->index(0, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    const auto* notice = m_window->findChild<ui::StatusLine*>();
    QTRY_COMPARE(notice->noticeText(),
                 QStringLiteral("The alert was not acknowledged. The server does not know it."));
    QCOMPARE(m_workspace->alerts().unacknowledged(), 1);
    QVERIFY(!QApplication::activeModalWidget());
}

void TestMainWindow::remembered_isShownAtOnceAndNeverClaimsToBeLive()
{
    m_server->publish();
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    QTRY_VERIFY(!m_view->card(Kind::TotalChecks)->isStale());
    std::optional<model::Snapshot> snapshot = m_workspace->snapshot();
    QVERIFY(snapshot);
    snapshot->seenAt = protocol::now() - std::chrono::hours(3);
    m_window.reset();
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_view = m_window->findChild<ui::DashboardView*>();
    const auto* status = m_window->findChild<ui::StatusLine*>();
    m_server->goAway();

    m_workspace->restore(*snapshot); // not started: nothing has been asked yet
    QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
    QVERIFY(m_view->card(Kind::TotalChecks)->isStale());
    QCOMPARE(m_view->card(Kind::TotalChecks)->ageText(), QString()); // said once, below
    QCOMPARE(m_workspace->activity().rowCount(), 1);
    QVERIFY2(status->completenessText().startsWith(QStringLiteral("as of ")) &&
                 status->completenessText().endsWith(QStringLiteral(", 3 h ago")),
             qPrintable(status->completenessText()));

    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Offline);
    QVERIFY(m_view->card(Kind::TotalChecks)->isStale());
    QVERIFY(!m_window->windowTitle().contains(QStringLiteral("live")));
    QVERIFY(m_server->listenAgain());
    m_workspace->feed().retryNow();
    QTRY_VERIFY(!m_view->card(Kind::TotalChecks)->isStale());
    QTRY_VERIFY(!m_view->activity()->isStale());
    QTRY_VERIFY2(status->completenessText().startsWith(QStringLiteral("complete since ")),
                 qPrintable(status->completenessText()));
}

void TestMainWindow::shortcuts_choosePeriods()
{
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QVERIFY(m_workspace->dashboard().period() == protocol::Period::Month);
    QTRY_VERIFY(m_workspace->dashboard().dashboard()->period == protocol::Period::Month);
    QVERIFY(m_window->findChild<QPushButton*>(QStringLiteral("period-month"))->isChecked());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(m_workspace->dashboard().period() == protocol::Period::Today);
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
    QVERIFY(m_workspace->dashboard().period() == protocol::Period::All);
    QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
}

void TestMainWindow::f5_fetchesAnew()
{
    const int before = dashboardRequests();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(dashboardRequests() > before);
}

void TestMainWindow::ctrlF_goesToTheFilter()
{
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_window->findChild<QLineEdit*>(QStringLiteral("activity-search"))->hasFocus());
}

void TestMainWindow::everyControl_hasAnAccessibleName()
{
    const QList<QWidget*> all = test::controlsOf(*m_window);
    QVERIFY(all.size() >= 11);
    for (QWidget* control : all) {
        const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(control);
        QVERIFY(interface);
        const QString what = QString::fromLatin1(control->metaObject()->className()) + control->objectName();
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), qPrintable(what));
        QVERIFY2(!interface->text(QAccessible::Description).isEmpty(), qPrintable(what));
    }
}

void TestMainWindow::everyControl_isReachedByTab()
{
    m_window->findChild<QWidget*>(QStringLiteral("period-week"))->setFocus();
    QSet<QWidget*> reached;
    for (int i = 0; i < 40; ++i) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const QList<QWidget*> all = test::controlsOf(*m_window);
    for (QWidget* control : all) {
        // In a group of which one is chosen, arrow keys go from there to the others.
        const auto* button = qobject_cast<QAbstractButton*>(control);
        if (!control->isVisible() || (button && button->isCheckable() && !button->isChecked()))
            continue;
        QVERIFY2(reached.contains(control), qPrintable(control->objectName()));
    }
}

void TestMainWindow::smallestSize_fitsASmallScreen()
{
    QVERIFY(m_window->minimumSizeHint().width() <= 911); // 1366x768 at 150 %
    QVERIFY(m_window->minimumSizeHint().height() <= 512);
}

void TestMainWindow::firstSize_leavesRoomForAFrame()
{
    QVERIFY(m_window->height() + 40 <= m_window->screen()->availableSize().height());
}

PRISM_WIDGET_TEST(TestMainWindow)

} // namespace tst_main_window

#include "tst_main_window.moc"
