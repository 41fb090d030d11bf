#pragma once

#include "client/desktop/notifier.h"
#include "client/desktop/surroundings.h"
#include "tests/ui/window/stubbed_window.h"

#include <QHeaderView>

class QSlider;

namespace prism::test {

/// A test of the whole window on a stub of the server. Lives on the main thread.
class WindowTest : public QObject, protected StubbedWindow
{
    Q_OBJECT

protected:
    /// Shows a window of its own, active, that has not asked the server yet.
    void openWindow();
    void closeWindow() { close(); }

    std::unique_ptr<desktop::Surroundings> surroundings(desktop::WindowMemory& memory);
    QString memoryFile() const { return m_folder.filePath(QStringLiteral("windows.ini")); }
    static QHeaderView* columns(const ui::DashboardView* view);
    QSlider* slider() const;
    void openBar();

private:
    class SilentNotifier : public desktop::Notifier
    {
    public:
        void show(const desktop::Notification&) override {}
        void withdraw(const QString&) override {}
    };

    SilentNotifier m_notifier;
};

} // namespace prism::test
