#include "client/model/profile_store.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/records/choice_card.h"
#include "client/ui/window/page.h"
#include "client/ui/window/wall_mode.h"
#include "tests/gallery/made_up.h"
#include "tests/gallery/real_window.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDateTimeEdit>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScreen>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <QToolButton>

namespace prism::gallery {

using net::FeedState;
using protocol::Period;

void RealWindow::choose(Period period)
{
    m_workspace->dashboard().setPeriod(period);
    await("numbers of the period", [this, period] {
        const auto& dashboard = m_workspace->dashboard().dashboard();
        return dashboard && dashboard->period == period && !m_workspace->dashboard().isStale();
    });
    await("a forecast of the period", [this, period] {
        const auto& forecast = m_workspace->forecast().forecast();
        return period == Period::Today || (forecast && forecast->period == period);
    });
}

void RealWindow::loseSessions()
{
    m_server->acceptsSessions = false;
    m_server->closeSessions();
    await("polling", [this] {
        return m_workspace->feed().state() == FeedState::Polling && m_workspace->feed().isBannerVisible();
    });
    await("stale numbers", [this] { return m_view->card(ui::StatCard::Kind::TotalChecks)->isStale(); });
}

void RealWindow::loseServer()
{
    m_server->goAway();
    await("an offline window", [this] {
        return m_workspace->feed().state() == FeedState::Offline && m_workspace->feed().isBannerVisible();
    });
    await("stale numbers", [this] { return m_view->card(ui::StatCard::Kind::TotalChecks)->isStale(); });
}

void RealWindow::goBack()
{
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
    auto* slider = find<QSlider>("time-slider");
    slider->setValue(slider->maximum() - slider->pageStep());
    await("the past", [this] { return m_workspace->timeTravel().dashboard().has_value(); });
    await("its forecast", [this] { return m_workspace->timeTravel().forecast().forecast().has_value(); });
}

void RealWindow::openCalendar()
{
    goBack();
    auto* field = find<QDateTimeEdit>("time-field");
    field->setDateTime({{2026, 2, 7}, {14, 30}});
    QTest::mouseClick(field, Qt::LeftButton, {}, QPoint(field->width() - 8, field->height() / 2));
    await("a calendar", [] { return QApplication::activePopupWidget() != nullptr; });
}

void RealWindow::putOnWall()
{
    // As large as on a screen of this height, whatever screen there is.
    constexpr QSize wall(1920, 1080);
    QFont font = m_usualFont;
    font.setPointSizeF(font.pointSizeF() * ui::WallMode::typeScale(wall.height()) /
                       ui::WallMode::typeScale(m_window->screen()->size().height()));
    QApplication::setFont(font);
    m_window->setOnWall(true);
    m_window->setWindowState(Qt::WindowNoState); // which would fill the screen there is
    m_window->resize(wall);
}

void RealWindow::openServers()
{
    m_profiles->store({QStringLiteral("staging"), QUrl(QStringLiteral("http://127.0.0.1:3000"))});
    find<QToolButton>("profile")->menu()->actions().constLast()->trigger();
    await("the servers", [this] { return hasOwnSize(); });
}

void RealWindow::showRecords()
{
    m_window->setPage(ui::Page::Records);
    await("records", [this] { return m_workspace->records().rowCount() == m_records.size(); });
}

void RealWindow::editRecord()
{
    showRecords();
    find<QTableView>("records")->selectRow(0);
    press("record-edit");
}

void RealWindow::beginConflict()
{
    editRecord();
    find<QLineEdit>("record-name")->setText(QStringLiteral("Readiness"));
    find<QPlainTextEdit>("record-description")->setPlainText(QStringLiteral("what I wrote about it"));
    press("record-save");
    await("a conflict", [this] { return m_window->findChild<ui::ChoiceCard*>() != nullptr; });
}

void RealWindow::showSettings()
{
    m_window->setPage(ui::Page::Settings);
    await("settings", [this] { return find<QDoubleSpinBox>("retentionDays")->isVisible(); });
}

void RealWindow::refuseSettings()
{
    showSettings();
    find<QDoubleSpinBox>("retentionDays")->setValue(30);
    press("server-settings-save");
    await("a refusal", [this] {
        return !m_workspace->serverSettings().problemOf(QStringLiteral("retentionDays")).isEmpty();
    });
}

QList<RealWindow::State> RealWindow::dashboards()
{
    const auto with = [](Amount amount) {
        return [amount](RealWindow& window) { window.m_amount = amount; };
    };
    const auto in = [](Period period) { return [period](RealWindow& window) { window.choose(period); }; };
    return {
        {QStringLiteral("dashboard")},
        {QStringLiteral("dashboard-today"), in(Period::Today)},
        {QStringLiteral("dashboard-month"), in(Period::Month)},
        {QStringLiteral("dashboard-year"), in(Period::Year)},
        {QStringLiteral("dashboard-all"), in(Period::All)},
        {QStringLiteral("dashboard-much"), {}, with(Amount::Much)},
        {QStringLiteral("dashboard-empty"), {}, with(Amount::Nothing)},
        {QStringLiteral("dashboard-loading"),
         {},
         [](RealWindow& window) { window.m_answers = false; },
         false},
        {QStringLiteral("dashboard-stale"), [](RealWindow& window) { window.loseSessions(); }},
        {QStringLiteral("dashboard-offline"), [](RealWindow& window) { window.loseServer(); }},
        {QStringLiteral("dashboard-never-reached"),
         [](RealWindow& window) {
             window.await("a hindrance", [&] { return window.m_workspace->hindrance().has_value(); });
         },
         [](RealWindow& window) { window.m_server->goAway(); }, false},
        {QStringLiteral("dashboard-error"),
         [](RealWindow& window) {
             window.m_fails = true;
             window.m_workspace->reload();
             window.await("an error",
                          [&] { return window.m_workspace->dashboard().lastError().has_value(); });
             window.await("stale numbers",
                          [&] { return window.m_view->card(ui::StatCard::Kind::TotalChecks)->isStale(); });
         }},
        {QStringLiteral("dashboard-details"),
         [](RealWindow& window) { window.m_view->activity()->showDetails(true); }},
        {QStringLiteral("dashboard-nothing-found"),
         [](RealWindow& window) {
             window.find<QLineEdit>("activity-search")->setText(QStringLiteral("quux"));
         }},
        {QStringLiteral("dashboard-past"), [](RealWindow& window) { window.goBack(); }},
        {QStringLiteral("wall"), [](RealWindow& window) { window.putOnWall(); }},
    };
}

QList<RealWindow::State> RealWindow::whatOpens()
{
    const auto chart = [](RealWindow& window) {
        return window.m_view->findChild<ui::TrendPanel*>()->chart();
    };
    const auto openMenu = [chart](RealWindow& window) {
        ui::TrendChart* over = chart(window);
        const QPoint center = over->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, center, over->mapToGlobal(center));
        QCoreApplication::sendEvent(over, &event);
        window.await("a menu", [] { return QApplication::activePopupWidget() != nullptr; });
    };
    return {
        {QStringLiteral("calendar"), [](RealWindow& window) { window.openCalendar(); }},
        {QStringLiteral("chart-menu"), openMenu},
        {QStringLiteral("chart-numbers"),
         [openMenu](RealWindow& window) {
             openMenu(window);
             auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
             QAction* table = menu ? menu->findChild<QAction*>(QStringLiteral("show-table")) : nullptr;
             if (!table)
                 return;
             menu->close();
             table->trigger();
             window.await("a dialog", [&] { return window.hasOwnSize(); });
         }},
        {QStringLiteral("server-menu"),
         [](RealWindow& window) {
             auto* button = window.find<QToolButton>("profile");
             button->menu()->popup(button->mapToGlobal(QPoint(0, button->height())));
         }},
        {QStringLiteral("servers"), [](RealWindow& window) { window.openServers(); }},
        {QStringLiteral("servers-refused"),
         [](RealWindow& window) {
             window.openServers();
             window.find<QLineEdit>("profile-server")->setText(QStringLiteral("ftp://somewhere"));
             window.press("profile-add");
         }},
    };
}

QList<RealWindow::State> RealWindow::otherPages()
{
    return {
        {QStringLiteral("records"), [](RealWindow& window) { window.showRecords(); }},
        {QStringLiteral("records-empty"), [](RealWindow& window) { window.showRecords(); },
         [](RealWindow& window) { window.m_records = {}; }},
        {QStringLiteral("records-offline"),
         [](RealWindow& window) {
             window.showRecords();
             window.loseServer();
         }},
        {QStringLiteral("records-error"),
         [](RealWindow& window) {
             window.m_fails = true;
             window.m_window->setPage(ui::Page::Records);
             window.await("an error", [&] { return window.m_workspace->records().lastError().has_value(); });
         }},
        {QStringLiteral("record-new"),
         [](RealWindow& window) {
             window.showRecords();
             window.press("record-new");
         }},
        {QStringLiteral("record-edit"), [](RealWindow& window) { window.editRecord(); }},
        {QStringLiteral("record-edited-meanwhile"),
         [](RealWindow& window) {
             window.editRecord();
             QJsonObject changed = window.m_records.first().toObject();
             changed.insert(QStringLiteral("version"), 4);
             window.m_server->publish(protocol::event_type::recordUpdated,
                                      QJsonObject{{QStringLiteral("record"), changed}});
             window.await("a note", [&] { return window.find<QLabel>("record-note")->isVisible(); });
         }},
        {QStringLiteral("record-conflict"), [](RealWindow& window) { window.beginConflict(); }},
        {QStringLiteral("record-result"),
         [](RealWindow& window) {
             window.showRecords();
             window.find<QTableView>("records")->selectRow(0);
             window.press("record-run");
             window.await("a result", [&] { return window.m_workspace->recordRun().result().has_value(); });
         }},
        {QStringLiteral("record-discarded"),
         [](RealWindow& window) {
             window.editRecord();
             window.find<QLineEdit>("record-name")->setText(QStringLiteral("Other"));
             window.press("record-leave");
             window.press("record-leave");
         }},
        {QStringLiteral("record-deleted"),
         [](RealWindow& window) {
             window.showRecords();
             window.find<QTableView>("records")->selectRow(0);
             window.press("record-remove");
             window.await("a deletion",
                          [&] { return window.m_workspace->recordRemoval().removed().has_value(); });
         }},
        {QStringLiteral("settings"), [](RealWindow& window) { window.showSettings(); }},
        {QStringLiteral("settings-discarded"),
         [](RealWindow& window) {
             window.showSettings();
             window.find<QDoubleSpinBox>("retentionDays")->setValue(30);
             window.press("server-settings-revert");
         }},
        {QStringLiteral("settings-refused"), [](RealWindow& window) { window.refuseSettings(); }},
        {QStringLiteral("settings-error"),
         [](RealWindow& window) {
             window.m_fails = true;
             window.m_window->setPage(ui::Page::Settings);
             window.await("an error",
                          [&] { return window.m_workspace->serverSettings().error().has_value(); });
         }},
        {QStringLiteral("settings-offline"),
         [](RealWindow& window) {
             window.showSettings();
             window.loseServer();
         }},
    };
}

} // namespace prism::gallery
