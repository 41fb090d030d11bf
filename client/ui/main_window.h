#pragma once

#include "shared/protocol/period.h"

#include <QMainWindow>

namespace prism::model {
class Preferences;
class Workspace;
} // namespace prism::model

namespace prism::ui {

class DashboardView;
class HeaderBar;
class Language;
class NavigationRail;
class PageStack;
class StatusLine;
class TimeTravelView;
class WallMode;
enum class Page;

/// The window of one server: puts navigation, header, pages and status line together and connects them to the
/// models. Borrows the workspace, the preferences and the language, which outlive it. Lives on the GUI
/// thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(model::Workspace& workspace, model::Preferences& preferences, Language& language,
               QWidget* parent = nullptr);

    void setPage(Page page);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectModels();
    void connectPreferences(Language& language);
    void connectPages();
    void addShortcuts();
    void setOnWall(bool on);
    void showDashboard();
    void showTrends();
    void showFreshness();
    void showConnection();
    void showTitle();
    void applyTheme();

    model::Workspace& m_workspace;
    model::Preferences& m_preferences;
    NavigationRail* m_rail;
    HeaderBar* m_header;
    PageStack* m_pages;
    TimeTravelView* m_times;
    DashboardView* m_view;
    StatusLine* m_status;
    WallMode* m_wall;
};

} // namespace prism::ui
