#pragma once

#include "client/model/check_time_limits.h"

#include <QWidget>

class QStackedLayout;

namespace prism::model {
class Workspace;
}

namespace prism::protocol {
struct Error;
}

namespace prism::ui {

class DashboardView;
class TimeTravelBar;

/// The dashboard, live or as it was. The live view stays as it is behind the one of the past, which exists
/// only while somebody looks at it, so that nothing that happens meanwhile can get mixed up with it, and a
/// selection is where it was on coming back. Borrows the workspace.
class TimeTravelView : public QWidget
{
    Q_OBJECT

public:
    /// Takes the live view into its place.
    TimeTravelView(model::Workspace& workspace, DashboardView* live, QWidget* parent = nullptr);

    /// Shows the bar, or hides it and is live again.
    void setBarVisible(bool visible);
    bool isBarVisible() const;

    /// Nothing while live.
    DashboardView* past() const { return m_past; }
    bool isLive() const { return !m_past; }
    void goLive();

    void setCheckTimeLimits(const model::CheckTimeLimits& limits);

    /// For a wall: larger, and nothing to operate.
    void setReduced(bool reduced);

signals:
    void barVisibleChanged(bool visible);
    void failed(const prism::protocol::Error& error);
    /// A new past() is there.
    void pastOpened(prism::ui::DashboardView* past);

private:
    void onMoved();
    void showPast();

    model::Workspace& m_workspace;
    TimeTravelBar* m_bar;
    DashboardView* m_live;
    DashboardView* m_past = nullptr;
    QStackedLayout* m_views;
    model::CheckTimeLimits m_limits;
    bool m_reduced = false;
};

} // namespace prism::ui
