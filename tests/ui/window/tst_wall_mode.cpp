#include "client/ui/activity/activity_panel.h"
#include "client/ui/window/header_bar.h"
#include "client/ui/window/page.h"
#include "client/ui/window/status_line.h"
#include "client/ui/window/wall_mode.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/window_test.h"

#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QTest>

namespace tst_wall_mode {

using namespace prism;
using namespace std::chrono_literals;
using Kind = ui::StatCard::Kind;

/// The window on a wall.
class TestWallMode : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void f11_fillsTheScreenWithLargerType();
    void wall_hasNothingToOperate();
    void wall_hasNoScrollBars();
    void wall_hidesAPointerAtRest();
    void wall_fitsAFullHdScreen();
    void bothThemes_onTheWall();
    void leftOnTheWall_isThereAgainAndGoesBackToItsOldSize();
    void anotherPage_takesItOffTheWall();
};

void TestWallMode::f11_fillsTheScreenWithLargerType()
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

void TestWallMode::wall_hasNothingToOperate()
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

void TestWallMode::wall_hasNoScrollBars()
{
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    for (int i = 0; i < 60; ++i)
        m_server->publish();
    for (int i = 0; i < 20; ++i)
        m_server->raiseAlert(QString::number(i));
    QTRY_COMPARE(m_workspace->alerts().rowCount(), 20);
    m_window->resize(960, 640);
    const auto bars = [this] {
        const QList<QScrollBar*> all = m_window->findChildren<QScrollBar*>();
        return std::ranges::count_if(all, [](const QScrollBar* bar) { return bar->isVisible(); });
    };
    QTRY_VERIFY(bars() >= 2);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QTRY_COMPARE(bars(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QTRY_VERIFY(bars() >= 2);
}

void TestWallMode::wall_hidesAPointerAtRest()
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

void TestWallMode::wall_fitsAFullHdScreen()
{
    const QFont usual = QApplication::font();
    QFont larger = usual;
    larger.setPointSizeF(usual.pointSizeF() * ui::WallMode::typeScale(1080));
    QApplication::setFont(larger);
    m_window->findChild<ui::HeaderBar*>()->setReduced(true);
    m_times->setReduced(true);
    QCoreApplication::processEvents();
    const QSize least = m_times->minimumSizeHint() + QSize(0, m_window->minimumSizeHint().height());
    QApplication::setFont(usual);
    QVERIFY2(least.width() <= 1920 && least.height() <= 1080,
             qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
}

void TestWallMode::bothThemes_onTheWall()
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

void TestWallMode::leftOnTheWall_isThereAgainAndGoesBackToItsOldSize()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("wall"));
    const QFont usual = QApplication::font();
    {
        const auto surroundings = this->surroundings(memory);
        m_window->resize(780, 660);
        columns(m_view)->resizeSection(0, 177);
        QTest::keyClick(m_window.get(), Qt::Key_F11);
        columns(m_view)->resizeSection(0, 300);
        surroundings->save();
    }
    m_window.reset();
    QCOMPARE(QApplication::font(), usual);
    makeWindow();
    {
        const auto surroundings = this->surroundings(memory);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(m_window->isFullScreen());
        QVERIFY(m_window->isOnWall());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_COMPARE(m_window->size(), QSize(780, 660));
        surroundings->save();
    }
    m_window.reset();
    makeWindow();
    const auto surroundings = this->surroundings(memory);
    QVERIFY(!m_window->isOnWall());
    QVERIFY(!m_window->isFullScreen());
    QCOMPARE(m_window->size(), QSize(780, 660));
    QCOMPARE(columns(m_view)->sectionSize(0), 177);
}

void TestWallMode::anotherPage_takesItOffTheWall()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("page"));
    const auto surroundings = this->surroundings(memory);
    m_window->setOnWall(true);
    surroundings->activate({protocol::Period::Month, {}});
    QVERIFY(m_window->isOnWall());
    QVERIFY(m_workspace->dashboard().period() == protocol::Period::Month);
    surroundings->activate({{}, ui::Page::Records});
    QVERIFY(!m_window->isOnWall());
    QVERIFY(m_window->page() == ui::Page::Records);
}

PRISM_WIDGET_TEST(TestWallMode)

} // namespace tst_wall_mode

#include "tst_wall_mode.moc"
