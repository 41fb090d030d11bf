#pragma once

#include "client/model/drafts.h"
#include "client/ui/window/page.h"

#include <QStackedWidget>

namespace prism::model {
class Access;
class FeedModel;
class Preferences;
class Workspace;
} // namespace prism::model

namespace prism::ui {

class DashboardView;
class RecordsPage;
class SettingsPage;
class TimeTravelView;

/// The pages of the window, one of them shown; only that one costs requests. Borrows the workspace and the
/// preferences, which outlive it.
class PageStack : public QStackedWidget
{
    Q_OBJECT

public:
    PageStack(model::Workspace& workspace, model::Preferences& preferences, QWidget* parent = nullptr);

    Page page() const { return Page(currentIndex()); }
    void setPage(Page page);

    /// The dashboard as it is now; in its page lies what shows it at another time.
    DashboardView* dashboard() const { return m_dashboard; }
    TimeTravelView* times() const { return m_times; }
    RecordsPage* records() const { return m_records; }
    SettingsPage* settings() const { return m_settings; }

    /// Without what whoever is signed in may not do.
    void setOffers(const model::Access& access);

    /// For a wall: nothing is operated or scrolled.
    void setReduced(bool reduced);

    /// To the search or filter of the page that is shown, if it has one.
    void focusSearch();
    void startNewRecord();

    /// What a person has put into the pages and not sent away.
    model::Drafts drafts() const;
    void resume(const model::Drafts& drafts);

signals:
    void pageChanged(prism::ui::Page page);

private:
    void showFreshness();

    model::Workspace& m_workspace;
    DashboardView* m_dashboard;
    TimeTravelView* m_times;
    RecordsPage* m_records;
    SettingsPage* m_settings;
};

} // namespace prism::ui
