#include "tests/ui/window/window_test.h"

#include "client/model/profile_store.h"
#include "tests/ui/sample.h"

#include <QJsonDocument>
#include <QSlider>
#include <QTableView>
#include <QTest>

namespace prism::test {

void WindowTest::openWindow()
{
    m_silent = false;
    m_records = {};
    m_settings.reset();
    m_server = std::make_unique<StubServer>();
    m_server->override = [this](const StubRequest& request) { return answer(request); };
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_preferences =
        std::make_unique<model::Preferences>(m_folder.filePath(QStringLiteral("preferences.ini")));
    makeWindow();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

std::optional<StubAnswer> WindowTest::answer(const StubRequest& request) const
{
    const auto at = protocol::fromIso(request.query.queryItemValue(QStringLiteral("at")));
    if (at && m_silent)
        return StubAnswer{.silent = true};
    QJsonValue data;
    if (request.path.endsWith(QStringLiteral("/dashboard"))) {
        protocol::Dashboard dashboard = sampleDashboard();
        dashboard.period =
            *protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
        dashboard.position = {m_server->epoch, m_server->log.size()};
        if (at)
            dashboard.summary.totalChecks = 77;
        data = toJson(dashboard);
    } else if (request.path.contains(QStringLiteral("/trends/"))) {
        protocol::TrendReport report;
        report.period = *protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
        report.trend = sampleDashboard().violations; // it rises
        data = toJson(report);
    } else if (request.path.endsWith(QStringLiteral("/records"))) {
        data = m_records;
    } else if (request.path.endsWith(QStringLiteral("/settings")) && m_settings) {
        data = *m_settings;
    } else if (request.path.endsWith(QStringLiteral("/checks")) ||
               request.path.endsWith(QStringLiteral("/retros"))) {
        data = QJsonArray();
    } else {
        return std::nullopt;
    }
    return StubAnswer{
        .body = QJsonDocument(QJsonObject{{QStringLiteral("success"), true}, {QStringLiteral("data"), data}})
                    .toJson()};
}

QJsonObject WindowTest::recordNamed(const QString& name, int number)
{
    return {{QStringLiteral("id"),
             QStringLiteral("0190a000-0000-7000-8000-%1").arg(number, 12, 10, QLatin1Char('0'))},
            {QStringLiteral("name"), name},
            {QStringLiteral("type"), QStringLiteral("custom")},
            {QStringLiteral("description"), QStringLiteral("as it was")},
            {QStringLiteral("createdAt"), QStringLiteral("2026-02-02T00:00:00.000Z")},
            {QStringLiteral("updatedAt"), QStringLiteral("2026-02-02T00:00:00.000Z")},
            {QStringLiteral("version"), 3}};
}

void WindowTest::makeWindow()
{
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->resize(1280, 860); // whatever screen there is
    m_view = m_window->findChild<ui::DashboardView*>();
    m_times = m_window->findChild<ui::TimeTravelView*>();
}

void WindowTest::closeWindow()
{
    m_window.reset();
    m_preferences.reset();
    m_workspace.reset();
    m_language.reset();
    m_server.reset();
}

std::unique_ptr<desktop::Surroundings> WindowTest::surroundings(desktop::WindowMemory& memory)
{
    return std::make_unique<desktop::Surroundings>(
        model::Profile{QStringLiteral("ours"), m_server->url()},
        desktop::Surroundings::Parts{*m_workspace, *m_preferences, *m_language, *m_window, memory,
                                     m_notifier},
        desktop::Surroundings::Folders{m_folder.path(), m_folder.path()});
}

QHeaderView* WindowTest::columns(const ui::DashboardView* view)
{
    return view->findChild<QTableView*>(QStringLiteral("activity"))->horizontalHeader();
}

QSlider* WindowTest::slider() const
{
    return m_window->findChild<QSlider*>(QStringLiteral("time-slider"));
}

void WindowTest::openBar()
{
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
}

} // namespace prism::test
