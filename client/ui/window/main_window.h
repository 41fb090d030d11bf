#pragma once

#include "client/model/interventions.h"

#include <QMainWindow>

class QDialog;

namespace prism::model {
class Preferences;
class ProfileStore;
class Workspace;
struct Drafts;
struct Profile;
} // namespace prism::model

namespace prism::ui {

class AccessNote;
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

    Page page() const;
    /// On a wall there is the dashboard only: another page takes the window off it.
    void setPage(Page page);

    bool isOnWall() const;
    void setOnWall(bool on);

    /// Names the server by its profile, and lets a person go to others.
    void setProfiles(model::ProfileStore& profiles, const model::Profile& current);

    /// What a person has typed and not sent away, to be kept for another run.
    model::Drafts drafts() const;
    /// Shows again what was kept, and says so. Before anything is typed.
    void resume(const model::Drafts& drafts);

    /// The token that somebody gave at the start is of no use.
    void sayGivenTokenFailed(const protocol::Error& error);

signals:
    void profileChosen(const QString& name);
    /// It goes onto the wall, and looks as it did before until this has been told; or it has left the wall.
    void wallChanged(bool on);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectModels();
    void connectPreferences(Language& language);
    void connectAccess();
    void connectDeeds();
    void connectPages();
    void connectFiles(DashboardView* view);
    void addShortcuts();
    void onWallChanged(bool on);
    void showDashboard();
    void showTrends();
    void showFreshness();
    void showFailure(model::Interventions::Deed deed, const protocol::Error& error);
    void showAccess();
    void signIn();
    static void open(QDialog* dialog);
    void showConnection();
    void showHindrance();
    QString address() const;
    void showTitle();
    void applyTheme();

    model::Workspace& m_workspace;
    model::Preferences& m_preferences;
    NavigationRail* m_rail;
    HeaderBar* m_header;
    AccessNote* m_note; ///< instead of the pages, while there is nothing to be shown
    PageStack* m_pages;
    TimeTravelView* m_times;
    DashboardView* m_view;
    StatusLine* m_status;
    WallMode* m_wall;
};

} // namespace prism::ui
