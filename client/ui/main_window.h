#pragma once

#include "client/model/interventions.h"

#include <QMainWindow>

namespace prism::model {
class Preferences;
class Workspace;
} // namespace prism::model

namespace prism::ui {

class DashboardView;
class HeaderBar;
class Language;
class StatusLine;

/// The window of one server: puts header, panels and status line together and connects them to the models.
/// Borrows the workspace, the preferences and the language, which outlive it. Lives on the GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(model::Workspace& workspace, model::Preferences& preferences, Language& language,
               QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectModels();
    void connectPreferences(Language& language);
    void connectDeeds();
    void addShortcuts();
    void showDashboard();
    void showFreshness();
    void showFailure(model::Interventions::Deed deed, const protocol::Error& error);
    void showConnection();
    void showTitle();
    void applyTheme();

    model::Workspace& m_workspace;
    model::Preferences& m_preferences;
    HeaderBar* m_header;
    DashboardView* m_view;
    StatusLine* m_status;
};

} // namespace prism::ui
