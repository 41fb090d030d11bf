#include "client/desktop/notifier.h"
#include "client/desktop/session.h"
#include "client/model/preferences.h"
#include "client/model/profile_store.h"
#include "client/model/workspace.h"
#include "client/ui/activity_panel.h"
#include "client/ui/dashboard_view.h"
#include "client/ui/header_bar.h"
#include "client/ui/language.h"
#include "client/ui/main_window.h"
#include "client/ui/page.h"
#include "client/ui/sparkline.h"
#include "client/ui/status_line.h"
#include "client/ui/time_travel_bar.h"
#include "client/ui/time_travel_view.h"
#include "client/ui/trend_panel.h"
#include "client/ui/wall_mode.h"
#include "tests/client/stub_server.h"
#include "tests/ui/sample.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDateTimeEdit>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace prism;
using namespace std::chrono_literals;
using Kind = ui::StatCard::Kind;

namespace {

class SilentNotifier : public desktop::Notifier
{
public:
    void show(const desktop::Notification&) override {}
    void withdraw(const QString&) override {}
};

} // namespace

/// The window as of another moment, and on a wall, on a stub of the server.
class TestWindowModes : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void cards_haveSmallLinesInTheColourOfBetterAndWorse();
    void slider_showsThePastAndLiveReturns();
    void slider_byKeyboard_goesAQuarterOfAnHour();
    void field_goesFurtherBack();
    void past_isMarkedAndLiveEventsDoNotReachIt();
    void past_followsThePeriod();
    void past_beforeTheFirstAnswer_saysThatItWaits();
    void past_offersNothingThatChangesIt();
    void past_thatCannotBeWrittenToAFile_saysSo();
    void past_searchIsItsOwn();
    void otherPages_leaveThePastAlone();
    void escape_returnsFromThePastThenFromTheWall();
    void loading_claimsNothing();
    void f11_fillsTheScreenWithLargerType();
    void wall_hasNothingToOperate();
    void wall_hidesAPointerAtRest();
    void wall_fitsAFullHdScreen();
    void bothThemes_onTheWall();
    void leftInThePast_theLiveColumnsAreRemembered();
    void leftOnTheWall_isThereAgainAndGoesBackToItsOldSize();
    void anotherPage_takesItOffTheWall();

private:
    void makeWindow();
    std::unique_ptr<desktop::Session> session(desktop::WindowMemory& memory);
    QString memoryFile() const { return m_folder.filePath(QStringLiteral("windows.ini")); }
    static QHeaderView* columns(const ui::DashboardView* view)
    {
        return view->findChild<QTableView*>(QStringLiteral("activity"))->horizontalHeader();
    }
    QSlider* slider() const { return m_window->findChild<QSlider*>(QStringLiteral("time-slider")); }
    void openBar() { QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier); }

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    QTemporaryDir m_folder;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::TimeTravelView* m_times = nullptr;
    ui::DashboardView* m_view = nullptr;
    SilentNotifier m_notifier;
    bool m_silent = false; ///< the server does not answer about the past
};

void TestWindowModes::init()
{
    m_silent = false;
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const test::StubRequest& request) -> std::optional<test::StubAnswer> {
        const auto at = protocol::fromIso(request.query.queryItemValue(QStringLiteral("at")));
        if (at && m_silent)
            return test::StubAnswer{.silent = true};
        QJsonValue data;
        if (request.path.endsWith(QStringLiteral("/dashboard"))) {
            protocol::Dashboard dashboard = test::sampleDashboard();
            dashboard.period =
                *protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
            dashboard.position = {m_server->epoch, m_server->log.size()};
            if (at)
                dashboard.summary.totalChecks = 77;
            data = toJson(dashboard);
        } else if (request.path.contains(QStringLiteral("/trends/"))) {
            protocol::Trend trend = test::sampleDashboard().violations; // it rises
            QJsonObject json = toJson(trend);
            json.insert(QStringLiteral("period"), request.query.queryItemValue(QStringLiteral("period")));
            data = json;
        } else if (request.path.endsWith(QStringLiteral("/checks")) ||
                   request.path.endsWith(QStringLiteral("/retros"))) {
            data = QJsonArray();
        } else {
            return std::nullopt;
        }
        return test::StubAnswer{.body = QJsonDocument(QJsonObject{{QStringLiteral("success"), true},
                                                                  {QStringLiteral("data"), data}})
                                            .toJson()};
    };
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_preferences =
        std::make_unique<model::Preferences>(m_folder.filePath(QStringLiteral("preferences.ini")));
    makeWindow();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindowModes::makeWindow()
{
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_view = m_window->findChild<ui::DashboardView*>();
    m_times = m_window->findChild<ui::TimeTravelView*>();
}

void TestWindowModes::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_workspace.reset();
    m_language.reset();
    m_server.reset();
}

void TestWindowModes::cards_haveSmallLinesInTheColourOfBetterAndWorse()
{
    m_workspace->start();
    for (const Kind kind : {Kind::TotalChecks, Kind::Violations, Kind::ActiveUsers, Kind::AverageCheckTime}) {
        const ui::Sparkline* line = m_view->card(kind)->sparkline();
        QTRY_VERIFY(line->isVisible());
        const bool worse = kind == Kind::Violations || kind == Kind::AverageCheckTime;
        QVERIFY(line->tone() == (worse ? ui::Tone::Bad : ui::Tone::Good));
    }
}

void TestWindowModes::slider_showsThePastAndLiveReturns()
{
    m_workspace->start();
    QTRY_COMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
    QVERIFY(!slider()->isVisible());
    m_window->findChild<QToolButton*>(QStringLiteral("time-travel"))->click();
    QVERIFY(slider()->isVisible());
    QVERIFY(m_times->isLive());
    slider()->setValue(slider()->maximum() - 200);
    QVERIFY(!m_times->isLive());
    QTRY_COMPARE(m_times->past()->card(Kind::TotalChecks)->valueText(), QStringLiteral("77"));
    QVERIFY(m_times->past()->isVisible());
    QVERIFY(!m_view->isVisible());
    QTRY_VERIFY(m_times->past()->card(Kind::TotalChecks)->sparkline()->isVisible());

    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("time-live")), Qt::LeftButton);
    QVERIFY(m_times->isLive());
    QVERIFY(m_view->isVisible());
    QCOMPARE(slider()->value(), slider()->maximum());
    QCOMPARE(m_view->card(Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
}

void TestWindowModes::slider_byKeyboard_goesAQuarterOfAnHour()
{
    openBar();
    slider()->setFocus();
    QTest::keyClick(slider(), Qt::Key_Left);
    QVERIFY(m_workspace->timeTravel().at());
    const protocol::Timestamp first = *m_workspace->timeTravel().at();
    QVERIFY(protocol::now() - first <= 15min);
    QCOMPARE((first.time_since_epoch() % 15min).count(), 0);
    QTest::keyClick(slider(), Qt::Key_Left);
    QVERIFY(*m_workspace->timeTravel().at() == first - 15min);
    QTest::keyClick(slider(), Qt::Key_PageDown);
    QVERIFY(*m_workspace->timeTravel().at() == first - 15min - 24h);
    QTest::keyClick(slider(), Qt::Key_End);
    QVERIFY(!m_workspace->timeTravel().at());
}

void TestWindowModes::field_goesFurtherBack()
{
    openBar();
    auto* field = m_window->findChild<QDateTimeEdit*>(QStringLiteral("time-field"));
    const QDateTime longAgo(QDate(2024, 5, 6), QTime(7, 8));
    field->setDateTime(longAgo);
    QVERIFY(*m_workspace->timeTravel().at() == protocol::fromMillis(longAgo.toMSecsSinceEpoch()));
    QCOMPARE(slider()->value(), 0);
    QCOMPARE(m_window->findChild<ui::TimeTravelBar*>()->text(), QStringLiteral("as of 6 May 2024, 07:08"));
    field->setDateTime(QDateTime::currentDateTime().addDays(3)); // there is nothing yet
    QVERIFY(*m_workspace->timeTravel().at() <= protocol::now());
}

void TestWindowModes::past_isMarkedAndLiveEventsDoNotReachIt()
{
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTRY_COMPARE(m_times->past()->card(Kind::TotalChecks)->valueText(), QStringLiteral("77"));
    QVERIFY(m_window->findChild<ui::TimeTravelBar*>()->text().startsWith(QStringLiteral("as of ")));
    const int before = m_workspace->activity().rowCount();
    m_server->publish();
    QTRY_COMPARE(m_workspace->activity().rowCount(), before + 1); // the feed goes on
    QCOMPARE(m_times->past()->card(Kind::TotalChecks)->valueText(), QStringLiteral("77"));
    QCOMPARE(m_workspace->timeTravel().activity().rowCount(), 0);
    QCOMPARE(m_workspace->feed().state(), net::FeedState::Live);
}

void TestWindowModes::past_followsThePeriod()
{
    m_workspace->start();
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTRY_VERIFY(m_workspace->timeTravel().dashboard());
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("period-month")), Qt::LeftButton);
    QTRY_VERIFY(m_workspace->timeTravel().dashboard()->period == protocol::Period::Month);
}

void TestWindowModes::past_beforeTheFirstAnswer_saysThatItWaits()
{
    m_silent = true;
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    const auto labels = m_times->past()->trend()->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("Waiting for the server…");
    }));
}

void TestWindowModes::past_offersNothingThatChangesIt()
{
    m_workspace->start();
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTRY_VERIFY(m_workspace->timeTravel().dashboard());
    m_times->past()->activity()->showDetails(true);
    for (const char* name : {"alerts-acknowledge", "activity-mark"})
        QVERIFY(m_times->past()->findChild<QPushButton*>(QString::fromLatin1(name))->isHidden());
    QVERIFY(m_times->past()->findChild<QPushButton*>(QStringLiteral("activity-copy"))->isVisible());
    QVERIFY(!m_view->findChild<QPushButton*>(QStringLiteral("alerts-acknowledge"))->isHidden());
    QVERIFY(!m_view->findChild<QPushButton*>(QStringLiteral("activity-mark"))->isHidden());
}

void TestWindowModes::past_thatCannotBeWrittenToAFile_saysSo()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    const auto* status = m_window->findChild<ui::StatusLine*>();
    emit m_times->past()->activity()->exportFailed(QStringLiteral("disk full"));
    QVERIFY2(status->noticeText().contains(QStringLiteral("was not exported")),
             qPrintable(status->noticeText()));
    emit m_times->past()->saveFailed(QStringLiteral("/nowhere/chart.png"));
    QVERIFY2(status->noticeText().contains(QStringLiteral("/nowhere/chart.png")),
             qPrintable(status->noticeText()));
}

void TestWindowModes::past_searchIsItsOwn()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_times->past()->isAncestorOf(QApplication::focusWidget()));
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("time-live")), Qt::LeftButton);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_view->isAncestorOf(QApplication::focusWidget()));
}

void TestWindowModes::otherPages_leaveThePastAlone()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    m_window->setPage(ui::Page::Records);
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    openBar();
    QVERIFY(!m_times->isLive());
    QVERIFY(m_times->isBarVisible());
}

void TestWindowModes::escape_returnsFromThePastThenFromTheWall()
{
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QVERIFY(!m_times->isLive());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(m_times->isLive());
    QVERIFY(!m_times->isBarVisible());
    QVERIFY(m_window->isFullScreen());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!m_window->isFullScreen());
}

void TestWindowModes::loading_claimsNothing()
{
    const auto labels = m_view->findChildren<QLabel*>();
    int waiting = 0;
    for (const QLabel* label : labels) {
        if (!label->isVisible())
            continue;
        waiting += label->text() == QStringLiteral("Waiting for the server…") ? 1 : 0;
        QVERIFY(label->text() != QStringLiteral("No alerts"));
        QVERIFY(label->text() != QStringLiteral("No events yet."));
    }
    QCOMPARE(waiting, 6);
    m_workspace->start();
    QTRY_VERIFY(std::ranges::none_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("Waiting for the server…");
    }));
}

void TestWindowModes::f11_fillsTheScreenWithLargerType()
{
    const double usual = QApplication::font().pointSizeF();
    const QSize before = m_window->size();
    auto* value = m_view->card(Kind::TotalChecks)->findChild<QLabel*>();
    const int height = value->fontMetrics().height();
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QVERIFY(m_window->isFullScreen());
    QVERIFY(QApplication::font().pointSizeF() >= 1.2 * usual);
    QVERIFY(value->fontMetrics().height() > height);
    QVERIFY(!m_window->findChild<QWidget*>(QStringLiteral("refresh"))->isVisible());
    QVERIFY(!m_window->findChild<QWidget*>(QStringLiteral("activity-search"))->isVisible());
    QVERIFY(!m_window->findChild<ui::StatusLine*>()->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QVERIFY(!m_window->isFullScreen());
    QCOMPARE(QApplication::font().pointSizeF(), usual);
    QCOMPARE(value->fontMetrics().height(), height);
    QVERIFY(m_window->findChild<QWidget*>(QStringLiteral("refresh"))->isVisible());
    QTRY_COMPARE(m_window->size(), before);
}

void TestWindowModes::wall_hasNothingToOperate()
{
    auto* profiles = new model::ProfileStore(m_folder.filePath(QStringLiteral("profiles.ini")),
                                             m_preferences.get()); // which outlives the window
    m_window->setProfiles(*profiles, {QStringLiteral("here"), m_server->url()});
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    m_server->raiseAlert(QStringLiteral("one"));
    QTRY_COMPARE(m_workspace->alerts().rowCount(), 1);
    m_view->activity()->showDetails(true);
    const auto visible = [this](const char* name) {
        return m_window->findChild<QWidget*>(QString::fromLatin1(name))->isVisible();
    };
    const std::array controls{"activity-details-button", "activity-details", "alerts-shown",
                              "alerts-acknowledge", "profile"};
    for (const char* name : controls)
        QVERIFY2(visible(name), name);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    m_server->raiseAlert(QStringLiteral("two"));
    QTRY_COMPARE(m_workspace->alerts().rowCount(), 2);
    for (const char* name : controls)
        QVERIFY2(!visible(name), name);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(m_window->page() == ui::Page::Dashboard);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    for (const char* name : controls)
        QVERIFY2(visible(name), name);
}

void TestWindowModes::wall_hidesAPointerAtRest()
{
    QWidget window;
    window.show();
    {
        ui::WallMode wall(window, 20ms);
        wall.set(true);
        QTRY_VERIFY(QApplication::overrideCursor());
        QCOMPARE(QApplication::overrideCursor()->shape(), Qt::BlankCursor);
        QTest::mouseMove(&window, {5, 5});
        QTest::mouseMove(&window, {9, 9});
        QTRY_VERIFY(!QApplication::overrideCursor());
        QTRY_VERIFY(QApplication::overrideCursor());
    }
    QVERIFY(!QApplication::overrideCursor()); // gone with the mode
}

void TestWindowModes::wall_fitsAFullHdScreen()
{
    const QFont usual = QApplication::font();
    QFont larger = usual;
    larger.setPointSizeF(usual.pointSizeF() * ui::WallMode::typeScale(1080));
    QApplication::setFont(larger);
    m_window->findChild<ui::HeaderBar*>()->setReduced(true);
    m_times->setReduced(true);
    QCoreApplication::processEvents();
    const QSize least = m_window->minimumSizeHint();
    QApplication::setFont(usual);
    QVERIFY2(least.width() <= 1920 && least.height() <= 1080,
             qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
}

void TestWindowModes::bothThemes_onTheWall()
{
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QVERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() > 200);
    const QPalette before = QApplication::palette();
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    QApplication::setPalette(dark);
    QTRY_VERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() < 60);
    QApplication::setPalette(before);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
}

std::unique_ptr<desktop::Session> TestWindowModes::session(desktop::WindowMemory& memory)
{
    return std::make_unique<desktop::Session>(
        model::Profile{QStringLiteral("ours"), m_server->url()},
        desktop::Session::Parts{*m_workspace, *m_preferences, *m_language, *m_window, memory, m_notifier},
        m_folder.path());
}

void TestWindowModes::leftInThePast_theLiveColumnsAreRemembered()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("past"));
    const auto session = this->session(memory);
    columns(m_view)->resizeSection(0, 177);
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    columns(m_times->past())->resizeSection(0, 123);
    session->save();
    columns(m_view)->resizeSection(0, 99);
    memory.restore(*m_window);
    QCOMPARE(columns(m_view)->sectionSize(0), 177);
    QCOMPARE(columns(m_times->past())->sectionSize(0), 123);
}

void TestWindowModes::leftOnTheWall_isThereAgainAndGoesBackToItsOldSize()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("wall"));
    const QFont usual = QApplication::font();
    {
        const auto session = this->session(memory);
        m_window->resize(960, 660);
        columns(m_view)->resizeSection(0, 177);
        QTest::keyClick(m_window.get(), Qt::Key_F11);
        columns(m_view)->resizeSection(0, 300);
        session->save();
    }
    m_window.reset();
    QCOMPARE(QApplication::font(), usual);
    makeWindow();
    {
        const auto session = this->session(memory);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(m_window->isFullScreen());
        QVERIFY(m_window->isOnWall());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_COMPARE(m_window->size(), QSize(960, 660));
        session->save();
    }
    m_window.reset();
    makeWindow();
    const auto session = this->session(memory);
    QVERIFY(!m_window->isOnWall());
    QVERIFY(!m_window->isFullScreen());
    QCOMPARE(m_window->size(), QSize(960, 660));
    QCOMPARE(columns(m_view)->sectionSize(0), 177);
}

void TestWindowModes::anotherPage_takesItOffTheWall()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("page"));
    const auto session = this->session(memory);
    m_window->setOnWall(true);
    session->activate({protocol::Period::Month, {}});
    QVERIFY(m_window->isOnWall());
    QVERIFY(m_workspace->dashboard().period() == protocol::Period::Month);
    session->activate({{}, ui::Page::Records});
    QVERIFY(!m_window->isOnWall());
    QVERIFY(m_window->page() == ui::Page::Records);
}

QTEST_MAIN(TestWindowModes)
#include "tst_window_modes.moc"
