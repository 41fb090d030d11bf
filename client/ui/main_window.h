#pragma once

#include "shared/protocol/period.h"

#include <QMainWindow>

namespace prism::model {
class Workspace;
}

namespace prism::ui {

class DashboardView;
class HeaderBar;
class Language;
class StatusLine;
class TimeTravelView;
class WallMode;

/// The window of one server: puts header, panels and status line together and connects them to the models.
/// Borrows the workspace and the language, which outlive it. Lives on the GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(model::Workspace& workspace, Language& language, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectModels();
    void addShortcuts();
    void setOnWall(bool on);
    void showDashboard();
    void showTrends();
    void showFreshness();
    void showConnection();
    void showTitle();
    void applyTheme();

    model::Workspace& m_workspace;
    HeaderBar* m_header;
    DashboardView* m_view;
    TimeTravelView* m_times;
    StatusLine* m_status;
    WallMode* m_wall;
};

} // namespace prism::ui
