#include "tests/ui/window/stubbed_window.h"

#include "tests/ui/sample.h"

#include <QJsonDocument>

namespace prism::test {

void StubbedWindow::open(const QLocale& language)
{
    m_silent = false;
    m_records = {};
    m_settings.reset();
    m_server = std::make_unique<StubServer>();
    m_server->override = [this](const StubRequest& request) { return answer(request); };
    m_language = std::make_unique<ui::Language>();
    m_language->set(language);
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_preferences =
        std::make_unique<model::Preferences>(m_folder.filePath(QStringLiteral("preferences.ini")));
    makeWindow();
    m_window->show();
}

void StubbedWindow::close()
{
    m_window.reset();
    m_preferences.reset();
    m_workspace.reset();
    m_language.reset();
    m_server.reset();
}

std::optional<StubAnswer> StubbedWindow::answer(const StubRequest& request) const
{
    const auto at = protocol::fromIso(request.query.queryItemValue(QStringLiteral("at")));
    if (at && m_silent)
        return StubAnswer{.silent = true};
    const auto period = protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
    if (request.path.endsWith(QStringLiteral("/dashboard"))) {
        protocol::Dashboard dashboard = numbers(*period);
        dashboard.period = *period;
        dashboard.position = {m_server->epoch, m_server->log.size()};
        if (at)
            dashboard.summary.totalChecks = 77;
        return success(toJson(dashboard));
    }
    if (request.path.contains(QStringLiteral("/trends/"))) {
        protocol::TrendReport report;
        report.period = *period;
        report.trend = course(request.path.section(u'/', -1));
        return success(toJson(report));
    }
    if (request.path.endsWith(QStringLiteral("/records")))
        return success(m_records);
    if (request.path.endsWith(QStringLiteral("/settings")) && m_settings)
        return success(*m_settings);
    if (request.path.endsWith(QStringLiteral("/checks")) || request.path.endsWith(QStringLiteral("/retros")))
        return success(QJsonArray());
    return std::nullopt;
}

protocol::Dashboard StubbedWindow::numbers(protocol::Period) const
{
    return sampleDashboard();
}

protocol::Trend StubbedWindow::course(const QString&) const
{
    return sampleDashboard().violations; // it rises
}

StubAnswer StubbedWindow::success(const QJsonValue& data)
{
    return {.body =
                QJsonDocument(QJsonObject{{QStringLiteral("success"), true}, {QStringLiteral("data"), data}})
                    .toJson()};
}

QJsonObject StubbedWindow::recordNamed(const QString& name, int number)
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

void StubbedWindow::makeWindow()
{
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->resize(1280, 860); // whatever screen there is
    m_view = m_window->findChild<ui::DashboardView*>();
    m_times = m_window->findChild<ui::TimeTravelView*>();
}

} // namespace prism::test
