#pragma once

#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/window/main_window.h"
#include "tests/client/stub_server.h"
#include "tests/ui/sample.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace prism::test {

/// What tests of the live window work with: one that shows the sample's numbers of a stub of the server. That
/// the real server and the window understand each other is tested with processes elsewhere.
class MainWindowTest
{
protected:
    using Kind = ui::StatCard::Kind;

    /// Before each test.
    void begin()
    {
        m_dashboard = sampleDashboard();
        m_server = std::make_unique<StubServer>();
        m_server->override = [this](const StubRequest& request) { return answer(request); };
        m_settings = std::make_unique<QTemporaryDir>();
        m_preferences =
            std::make_unique<model::Preferences>(m_settings->filePath(QStringLiteral("preferences")));
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

    /// After it.
    void end()
    {
        m_window.reset();
        m_workspace.reset();
        m_language.reset();
        m_preferences.reset();
        m_server.reset();
    }

    int dashboardRequests() const
    {
        return m_server->requests(QStringLiteral("/api/v1/analytics/dashboard"));
    }

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::DashboardView* m_view = nullptr;
    protocol::Dashboard m_dashboard;

private:
    std::optional<StubAnswer> answer(const StubRequest& request)
    {
        if (!request.path.endsWith(QStringLiteral("/dashboard")))
            return std::nullopt;
        m_dashboard.period =
            *protocol::periodFromString(request.query.queryItemValue(QStringLiteral("period")));
        m_dashboard.position = {m_server->epoch, m_server->log.size()};
        const QJsonObject body{{QStringLiteral("success"), true},
                               {QStringLiteral("data"), toJson(m_dashboard)}};
        return StubAnswer{.body = QJsonDocument(body).toJson()};
    }
};

} // namespace prism::test
