#pragma once

#include "client/desktop/notifier.h"
#include "client/desktop/surroundings.h"
#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/time_travel_view.h"
#include "client/ui/window/main_window.h"
#include "tests/client/stub_server.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QTemporaryDir>

namespace prism::test {

/// A test of the whole window on a stub of the server, which answers with the sample's numbers, with a number
/// of its own where it is asked for the past, and with records and settings that are set here. Lives on the
/// main thread.
class WindowTest : public QObject
{
    Q_OBJECT

protected:
    /// Shows a window of its own, active, that has not asked the server yet.
    void openWindow();
    void closeWindow();

    static QJsonObject recordNamed(const QString& name, int number);
    void makeWindow();
    std::unique_ptr<desktop::Surroundings> surroundings(desktop::WindowMemory& memory);
    QString memoryFile() const { return m_folder.filePath(QStringLiteral("windows.ini")); }
    static QHeaderView* columns(const ui::DashboardView* view);
    QSlider* slider() const;
    void openBar();

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

private:
    class SilentNotifier : public desktop::Notifier
    {
    public:
        void show(const desktop::Notification&) override {}
        void withdraw(const QString&) override {}
    };

    std::optional<StubAnswer> answer(const StubRequest& request) const;

    SilentNotifier m_notifier;
};

} // namespace prism::test
