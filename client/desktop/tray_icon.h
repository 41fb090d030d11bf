#pragma once

#include "client/net/live_feed.h"
#include "shared/protocol/alert.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <functional>
#include <optional>

class QAction;
class QWidget;

namespace prism::desktop {

/// What the tray tells: how the connection is, and the worst alert that nobody has acknowledged.
struct TrayState
{
    net::FeedState feed = net::FeedState::Connecting;
    std::optional<protocol::AlertSeverity> worst;
    int open = 0; ///< alerts that nobody has acknowledged

    bool operator==(const TrayState&) const = default;
};

/// The icon of a window in the desktop's tray, where there is one. A click brings the window back. Closing
/// the window ends the program, unless there is a tray and the person wants it to stay there; should the tray
/// go away then, the window comes back. Borrows the window. Lives on the GUI thread.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    /// `hasTray` says whether there is a tray right now; `server` is named in the tool tip.
    TrayIcon(QWidget& window, const QString& server, const std::function<bool()>& hasTray,
             QObject* parent = nullptr);

    void setState(const TrayState& state);
    void setKept(bool kept);
    bool isKept() const;

    /// Looks again whether there is a tray; does so by itself every few seconds.
    void checkTray();

    /// Brings the window to the front from wherever it is.
    void showWindow();

    QString toolTip() const { return m_icon.toolTip(); }
    QIcon icon() const { return m_icon.icon(); }
    QMenu& menu() { return m_menu; }

signals:
    /// A person chose whether closing the window leaves the program in the tray.
    void keptChanged(bool kept);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    void draw();

    QWidget& m_window;
    const QString m_server;
    const std::function<bool()> m_hasTray;
    TrayState m_state;
    QMenu m_menu;
    QAction* m_show;
    QAction* m_keep;
    QAction* m_quit;
    QSystemTrayIcon m_icon;
    QTimer m_trayTimer;
};

} // namespace prism::desktop
