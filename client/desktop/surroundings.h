#pragma once

#include "client/desktop/activation.h"
#include "client/desktop/draft_keeper.h"
#include "client/desktop/herald.h"
#include "client/desktop/tray_icon.h"
#include "client/desktop/window_memory.h"
#include "client/model/profile_store.h"
#include "client/model/snapshot_keeper.h"

#include <QObject>

namespace prism::model {
class Preferences;
class Workspace;
} // namespace prism::model

namespace prism::ui {
class Language;
class MainWindow;
} // namespace prism::ui

namespace prism::desktop {

/// What one window needs of the desktop around it, wired together: it is as the person left it, shows what it
/// last saw, has an icon in the tray, sends notifications, and is saved however it ends. Borrows everything
/// it is given. Lives on the GUI thread.
class Surroundings : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        model::Workspace& workspace;
        model::Preferences& preferences;
        ui::Language& language;
        ui::MainWindow& window;
        WindowMemory& memory;
        Notifier& notifier;
    };

    struct Folders
    {
        QString cache; ///< for what can be lost
        QString data;
    };

    /// Before the workspace is started and the window is shown.
    Surroundings(const model::Profile& profile, const Parts& parts, const Folders& folders,
                 QObject* parent = nullptr);

    /// Everything that the next run goes on from.
    void save();

    /// Brings the window to the front.
    void showWindow() { m_tray.showWindow(); }
    /// The same, and shows in it what somebody wants to see.
    void activate(const Activation& wanted);

private:
    void connectHerald();
    void connectTray();

    Parts m_parts;
    model::SnapshotKeeper m_keeper;
    DraftKeeper m_drafts;
    Herald m_herald;
    TrayIcon m_tray;
};

} // namespace prism::desktop
