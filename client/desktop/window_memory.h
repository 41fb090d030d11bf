#pragma once

#include "client/ui/window/page.h"
#include "shared/protocol/period.h"

#include <QSettings>

#include <optional>

class QWidget;

namespace prism::desktop {

/// How a person left the window of a profile: its size and (where the desktop lets a window choose) place,
/// the columns and splitters of everything in it that has an object name, page and period, and whether it
/// hung on a wall. What lies in a widget whose property "remembered" is false is left out: it is only there
/// for a while, and has the names of what stays. Lives on the GUI thread.
class WindowMemory
{
public:
    /// `file` is an INI file shared by all profiles; `key` tells them apart.
    WindowMemory(const QString& file, const QString& key);

    /// Nothing, or only some of it, where nothing of use is kept. A window that would lie on no screen is
    /// moved onto one.
    void restore(QWidget& window);
    /// Not while it is on a wall: that size and those columns are the wall's.
    void save(const QWidget& window);

    std::optional<ui::Page> page() const;
    std::optional<protocol::Period> period() const;
    bool isOnWall() const;
    void setPage(ui::Page page);
    void setPeriod(protocol::Period period);
    void setOnWall(bool on);

private:
    QSettings m_store;
};

} // namespace prism::desktop
