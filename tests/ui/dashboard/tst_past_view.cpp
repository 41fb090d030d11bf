#include "client/ui/activity/activity_panel.h"
#include "client/ui/dashboard/time_travel_bar.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/widgets/sparkline.h"
#include "client/ui/window/page.h"
#include "client/ui/window/status_line.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/window_test.h"

#include <QApplication>
#include <QDateTimeEdit>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

namespace tst_past_view {

using namespace prism;
using namespace std::chrono_literals;
using Kind = ui::StatCard::Kind;

/// The window as of another moment.
class TestPastView : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void cards_haveSmallLinesWithoutAVerdict();
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
    void leftInThePast_theLiveColumnsAreRemembered();
};

void TestPastView::cards_haveSmallLinesWithoutAVerdict()
{
    m_workspace->start();
    for (const Kind kind : {Kind::TotalChecks, Kind::Violations, Kind::ActiveUsers, Kind::AverageCheckTime}) {
        const ui::Sparkline* line = m_view->card(kind)->sparkline();
        QTRY_VERIFY(line->isVisible());
        QVERIFY(line->tone() == ui::Tone::Info);
    }
}

void TestPastView::slider_showsThePastAndLiveReturns()
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

void TestPastView::slider_byKeyboard_goesAQuarterOfAnHour()
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

void TestPastView::field_goesFurtherBack()
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

void TestPastView::past_isMarkedAndLiveEventsDoNotReachIt()
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

void TestPastView::past_followsThePeriod()
{
    m_workspace->start();
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTRY_VERIFY(m_workspace->timeTravel().dashboard());
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("period-month")), Qt::LeftButton);
    QTRY_VERIFY(m_workspace->timeTravel().dashboard()->period == protocol::Period::Month);
}

void TestPastView::past_beforeTheFirstAnswer_saysThatItWaits()
{
    m_silent = true;
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    const auto labels = m_times->past()->trend()->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("Waiting for the server…");
    }));
}

void TestPastView::past_offersNothingThatChangesIt()
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

void TestPastView::past_thatCannotBeWrittenToAFile_saysSo()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    const auto* status = m_window->findChild<ui::StatusLine*>();
    emit m_times->past()->activity()->exportFailed(QStringLiteral("/nowhere/activity.csv"));
    QCOMPARE(status->noticeText(), QStringLiteral("/nowhere/activity.csv could not be written."));
    emit m_times->past()->saveFailed(QStringLiteral("/nowhere/chart.png"));
    QVERIFY2(status->noticeText().contains(QStringLiteral("/nowhere/chart.png")),
             qPrintable(status->noticeText()));
}

void TestPastView::past_searchIsItsOwn()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_times->past()->isAncestorOf(QApplication::focusWidget()));
    QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("time-live")), Qt::LeftButton);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_view->isAncestorOf(QApplication::focusWidget()));
}

void TestPastView::otherPages_leaveThePastAlone()
{
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    m_window->setPage(ui::Page::Records);
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    openBar();
    QVERIFY(!m_times->isLive());
    QVERIFY(m_times->isBarVisible());
}

void TestPastView::escape_returnsFromThePastThenFromTheWall()
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

void TestPastView::loading_claimsNothing()
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

void TestPastView::leftInThePast_theLiveColumnsAreRemembered()
{
    desktop::WindowMemory memory(memoryFile(), QStringLiteral("past"));
    const auto surroundings = this->surroundings(memory);
    columns(m_view)->resizeSection(0, 177);
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    columns(m_times->past())->resizeSection(0, 123);
    surroundings->save();
    columns(m_view)->resizeSection(0, 99);
    memory.restore(*m_window);
    QCOMPARE(columns(m_view)->sectionSize(0), 177);
    QCOMPARE(columns(m_times->past())->sectionSize(0), 123);
}

PRISM_WIDGET_TEST(TestPastView)

} // namespace tst_past_view

#include "tst_past_view.moc"
