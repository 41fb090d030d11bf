#pragma once

#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/time_travel_view.h"
#include "client/ui/window/main_window.h"
#include "tests/client/stub_server.h"

#include <QJsonArray>
#include <QTemporaryDir>

namespace prism::test {

/// The whole window on a stub of the server, which answers with the sample's numbers, with a number of its
/// own where it is asked for the past, and with records and settings that are set here. Lives on the main
/// thread.
class StubbedWindow
{
protected:
    StubbedWindow() = default;

    /// Shows a window of its own that has not asked the server yet.
    void open(const QLocale& language = {QLocale::English, QLocale::UnitedStates});
    void close();

    static QJsonObject recordNamed(const QString& name, int number);
    /// What the server answers; nothing: as the stub does by itself.
    virtual std::optional<StubAnswer> answer(const StubRequest& request) const;
    virtual protocol::Dashboard numbers(protocol::Period period) const;
    virtual protocol::Trend course(const QString& metric) const;
    static StubAnswer success(const QJsonValue& data);
    void makeWindow();

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    QTemporaryDir m_folder;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::TimeTravelView* m_times = nullptr;
    ui::DashboardView* m_view = nullptr;
    bool m_silent = false; ///< the server does not answer about the past
    QJsonArray m_records;  ///< what the server has of them
    std::optional<QJsonObject> m_settings;

public:
    StubbedWindow(const StubbedWindow&) = delete;
    StubbedWindow& operator=(const StubbedWindow&) = delete;
    virtual ~StubbedWindow() = default;
};

} // namespace prism::test
