#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/application/appearance.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/check_time_panel.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/theme/theme.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/main_window.h"
#include "client/ui/window/status_line.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"
#include "tests/ui/widgets_in.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace prism;
using Kind = ui::StatCard::Kind;

/// The whole window on a stub of the server. That the real server and the window understand each other is
/// tested with processes elsewhere.
class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void numbers_arriveInCards();
    void event_changesCardsAndActivity();
    void serverGone_keepsEverythingAndSaysSo();
    void serverNeverReached_saysWhyForAsLong();
    void acknowledgeButton_acknowledges();
    void acknowledging_thatFails_isSaidInTheStatusLine();
    void remembered_isShownAtOnceAndNeverClaimsToBeLive();
    void languageSwitch_retranslatesEverything();
    void languageCombo_switches();
    void plurals_areEnglishToo();
    void shortcuts_choosePeriods();
    void f5_fetchesAnew();
    void ctrlF_goesToTheFilter();
    void everyControl_hasAnAccessibleName();
    void everyControl_isReachedByTab();
    void darkPalette_makesADarkWindow();
    void chosenTheme_winsOverTheDesktop();
    void checkTimeLimits_areAppliedAtOnce();
    void languageChosen_isRemembered();
    void smallestSize_fitsASmallScreen();
    void firstSize_leavesRoomForAFrame();

private:
    int dashboardRequests() const;

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::DashboardView* m_view = nullptr;
    protocol::Dashboard m_dashboard;
};

void TestMainWindow::init()
{
    m_dashboard = test::sampleDashboard();
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const test::StubRequest& request) -> std::optional<test::StubAnswer> {
        if (!request.path.endsWith(QStringLiteral("/dashboard")))
            return std::nullopt;
        m_dashboard.period =
            *protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
        m_dashboard.position = {m_server->epoch, m_server->log.size()};
        const QJsonObject body{{QStringLiteral("success"), true},
                               {QStringLiteral("data"), toJson(m_dashboard)}};
        return test::StubAnswer{.body = QJsonDocument(body).toJson()};
    };
    m_settings = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<model::Preferences>(m_settings->filePath(QStringLiteral("preferences")));
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_view = m_window->findChild<ui::DashboardView*>();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    QTRY_COMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    m_language.reset();
    m_preferences.reset();
    m_server.reset();
}

int TestMainWindow::dashboardRequests() const
{
    return m_server->requests(QStringLiteral("/api/v1/analytics/dashboard"));
}

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

void TestMainWindow::languageSwitch_retranslatesEverything()
{
    m_server->publish();
    QTRY_VERIFY(m_workspace->activity().rowCount() > 0);
    m_language->set(QLocale(QLocale::Chinese));
    QCoreApplication::sendPostedEvents(); // Qt posts the news to windows
    QCOMPARE(m_view->card(Kind::TotalChecks)->title(), QStringLiteral("检查总数"));
    QCOMPARE(m_view->card(Kind::TotalChecks)->changeText(), QStringLiteral("▲ +23.5% 增多"));
    QVERIFY(m_window->findChild<ui::ConnectionBadge*>()->text().startsWith(QStringLiteral("实时")));

    // Words of Latin letters that are no words of English.
    static const QRegularExpression allowed(
        QStringLiteral("PRISM|Gateway|Ctrl\\+\\w|Alt\\+\\d|F5|Enter|Del|Esc|PASS|WARNING|BLOCKED|INFO|BLOCK|"
                       "p50|p95|p99|http://[\\w.:]+|P2|Least "
                       "privilege|(record|check|project)-?\\d*"));
    static const QRegularExpression english(QStringLiteral("[A-Za-z]{2,}"));
    const QStringList all = test::textsOf(*m_window);
    for (QString text : all) {
        const QString whole = text;
        QVERIFY2(!text.remove(allowed).contains(english), qPrintable(whole));
    }

    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_view->card(Kind::TotalChecks)->title(), QStringLiteral("Total checks"));
    const QStringList back = test::textsOf(*m_window);
    for (const QString& text : back)
        QVERIFY2(std::ranges::none_of(text, [](QChar c) { return c.script() == QChar::Script_Han; }),
                 qPrintable(text));
}

void TestMainWindow::languageCombo_switches()
{
    auto* combo = m_window->findChild<QComboBox*>(QStringLiteral("language"));
    QCOMPARE(combo->currentText(), QStringLiteral("English"));
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(combo->currentText(), QStringLiteral("简体中文"));
    QCOMPARE(m_language->current().language(), QLocale::Chinese);
    QCOMPARE(m_window->locale().language(), QLocale::Chinese);
}

void TestMainWindow::plurals_areEnglishToo()
{
    QCOMPARE(QCoreApplication::translate("prism::ui::AlertsPanel", "%Ln alert(s)", nullptr, 1),
             QStringLiteral("1 alert"));
    QCOMPARE(QCoreApplication::translate("prism::ui::AlertsPanel", "%Ln alert(s)", nullptr, 1'200),
             QStringLiteral("1,200 alerts"));
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

void TestMainWindow::darkPalette_makesADarkWindow()
{
    const QPalette before = QApplication::palette();
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    QApplication::setPalette(dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    QVERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() < 60);
    QApplication::setPalette(before);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
    QVERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() > 200);
}

void TestMainWindow::chosenTheme_winsOverTheDesktop()
{
    const ui::Appearance appearance(*m_preferences);
    QVERIFY(!ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Light);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::System);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
}

void TestMainWindow::checkTimeLimits_areAppliedAtOnce()
{
    const auto* panel = m_window->findChild<ui::CheckTimePanel*>();
    QVERIFY(panel->legendTexts().contains(QStringLiteral("< 10")));
    QVERIFY(m_preferences->setCheckTimeLimits({2.5, 200}));
    QCOMPARE(panel->legendTexts(),
             QStringList({QStringLiteral("< 2.5"), QStringLiteral("< 200"), QStringLiteral("≥ 200")}));
}

void TestMainWindow::languageChosen_isRemembered()
{
    auto* combo = m_window->findChild<QComboBox*>(QStringLiteral("language"));
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(m_preferences->language(), QStringLiteral("zh_CN"));
    QTest::keyClick(combo, Qt::Key_Up);
    QCOMPARE(m_preferences->language(), QStringLiteral("en"));
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
#include "tst_main_window.moc"
