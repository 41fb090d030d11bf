#include "client/ui/window/main_window.h"

#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/time_travel_view.h"
#include "client/ui/settings/preferences_panel.h"
#include "client/ui/settings/settings_page.h"
#include "client/ui/theme/icons.h"
#include "client/ui/theme/palette_watcher.h"
#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/wheel_guard.h"
#include "client/ui/window/access_note.h"
#include "client/ui/window/certificate_dialog.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/header_bar.h"
#include "client/ui/window/navigation_rail.h"
#include "client/ui/window/page_stack.h"
#include "client/ui/window/period_selector.h"
#include "client/ui/window/profile_menu.h"
#include "client/ui/window/sign_in_dialog.h"
#include "client/ui/window/status_line.h"
#include "client/ui/window/wall_mode.h"

#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScreen>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

MainWindow::MainWindow(model::Workspace& workspace, model::Preferences& preferences, Language& language,
                       QWidget* parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_preferences(preferences)
    , m_rail(new NavigationRail)
    , m_header(new HeaderBar(workspace.server()))
    , m_note(new AccessNote)
    , m_pages(new PageStack(workspace, preferences))
    , m_times(m_pages->times())
    , m_view(m_pages->dashboard())
    , m_status(new StatusLine)
    , m_wall(new WallMode(*this))
{
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    auto* layout = new QVBoxLayout;
    columns->addLayout(layout, 1);
    layout->setContentsMargins(space::large, space::medium, space::large, space::small);
    layout->setSpacing(space::medium);
    layout->addWidget(m_header);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    setCentralWidget(content);
    setWindowIcon(applicationIcon());
    constexpr QSize frame(16, 56); // of any usual desktop; how large it is shows only once there is one
    resize(QSize(1280, 860).boundedTo(screen()->availableSize() - frame));
    connectModels();
    connectPages();
    connectAccess();
    connectPreferences(language);
    addShortcuts();
    new WheelGuard(this);
    connect(new PaletteWatcher(this), &PaletteWatcher::changed, this, &MainWindow::applyTheme);
    applyTheme();
    content->setFocus(); // no control is in use yet
}

void MainWindow::connectModels()
{
    model::DashboardModel& dashboard = m_workspace.dashboard();
    model::FeedModel& feed = m_workspace.feed();
    connect(&dashboard, &model::DashboardModel::changed, this, &MainWindow::showDashboard);
    connect(&dashboard, &model::DashboardModel::freshnessChanged, this, &MainWindow::showFreshness);
    connect(&dashboard, &model::DashboardModel::periodChanged, m_header->periods(),
            &PeriodSelector::setPeriod);
    connect(&dashboard, &model::DashboardModel::lastErrorChanged, m_status, [this, &dashboard] {
        const std::optional<protocol::Error> error = dashboard.lastError();
        if (error && !m_workspace.access().refusal()) // else that has been said
            m_status->displayError(*error);
        else
            m_status->clearError();
    });
    connect(&feed, &model::FeedModel::changed, this, &MainWindow::showConnection);
    connect(&m_workspace, &model::Workspace::hindranceChanged, this, &MainWindow::showHindrance);
    connect(m_header->periods(), &PeriodSelector::chosen, &dashboard, &model::DashboardModel::setPeriod);
    connect(m_header->connection(), &ConnectionBadge::retryRequested, &feed, &model::FeedModel::retryNow);
    connect(&m_workspace.trends(), &model::TrendsModel::changed, this, &MainWindow::showTrends);
    connect(&m_workspace.forecast(), &model::ForecastModel::changed, this, &MainWindow::showTrends);
    connect(m_header, &HeaderBar::timeTravelToggled, m_times, &TimeTravelView::setBarVisible);
    connect(m_times, &TimeTravelView::barVisibleChanged, m_header, &HeaderBar::setTimeTravelling);
    connect(m_times, &TimeTravelView::failed, m_status, &StatusLine::displayError);
    connectFiles(m_view);
    connect(m_times, &TimeTravelView::pastOpened, this, &MainWindow::connectFiles);
    connect(m_header, &HeaderBar::refreshRequested, &m_workspace, &model::Workspace::reload);
    connect(&m_workspace, &model::Workspace::rememberedChanged, this, &MainWindow::showFreshness);
    connectDeeds();
    m_header->periods()->setPeriod(dashboard.period());
    showDashboard();
    showConnection();
}

void MainWindow::connectPages()
{
    connect(m_rail, &NavigationRail::chosen, m_pages, &PageStack::setPage);
    connect(m_pages, &PageStack::pageChanged, this, [this](Page page) {
        m_rail->setPage(page);
        m_header->setTimed(page == Page::Dashboard);
        showAccess();
    });
}

void MainWindow::connectAccess()
{
    connect(&m_workspace.access(), &model::Access::changed, this, &MainWindow::showAccess);
    connect(&m_workspace.feed(), &model::FeedModel::stateChanged, this, &MainWindow::showAccess);
    connect(m_header->connection(), &ConnectionBadge::signInRequested, this, &MainWindow::signIn);
    connect(m_note, &AccessNote::signInRequested, this, &MainWindow::signIn);
    connect(m_pages->settings(), &SettingsPage::signInRequested, this, &MainWindow::signIn);
    connect(m_header->connection(), &ConnectionBadge::certificateRequested, this, [this] {
        if (m_workspace.trust().stranger()) // else there is nothing to compare
            open(new CertificateDialog(m_workspace, address(), this));
    });
    showAccess();
}

/// What was shown stays for whoever may read; the settings have what is this dashboard's own.
void MainWindow::showAccess()
{
    const model::Access& access = m_workspace.access();
    QString why = access.refusal() ? AccessWords::refusal(*access.refusal(), access) : QString();
    const bool hasSomething = m_workspace.dashboard().dashboard() && access.may(model::Offer::Read);
    const bool isNoted = access.refusal() && !hasSomething && page() != Page::Settings;
    if (access.refusal())
        m_status->clearError(); // which was the same
    if (isNoted)
        m_note->display(why);
    else if (access.refusal() && hasSomething)
        why += QLatin1Char(' ') + tr("What is shown stays.");
    m_status->setSignedOut(isNoted ? QString() : why);
    if (isNoted)
        yieldFocus(*m_pages, *m_rail);
    else
        yieldFocus(*m_note, *m_rail);
    m_note->setVisible(isNoted);
    m_pages->setVisible(!isNoted);
    m_pages->setOffers(access);
}

void MainWindow::signIn()
{
    open(new SignInDialog(m_workspace.access(), m_workspace.pairing(), address(), this));
}

void MainWindow::sayGivenTokenFailed(const protocol::Error& error)
{
    m_status->displayFailure(tr("You were not signed in.") + QLatin1Char(' ') +
                             AccessWords(locale()).problem(error));
}

void MainWindow::open(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

Page MainWindow::page() const
{
    return m_pages->page();
}

void MainWindow::setProfiles(model::ProfileStore& profiles, const model::Profile& current)
{
    auto* menu = new ProfileMenu(profiles, current, m_workspace.access());
    m_header->setProfileMenu(menu);
    connect(menu, &ProfileMenu::chosen, this, &MainWindow::profileChosen);
    connect(menu, &ProfileMenu::signInRequested, this, &MainWindow::signIn);
}

model::Drafts MainWindow::drafts() const
{
    return m_pages->drafts();
}

void MainWindow::resume(const model::Drafts& drafts)
{
    m_pages->resume(drafts);
    m_status->displayResumed(drafts.record.has_value(), drafts.settings.has_value());
}

void MainWindow::setPage(Page page)
{
    if (page != Page::Dashboard)
        m_wall->set(false);
    m_pages->setPage(page);
}

void MainWindow::connectPreferences(Language& language)
{
    setLocale(language.current());
    m_header->setLanguage(language.current());
    connect(&language, &Language::changed, this, &MainWindow::setLocale);
    connect(&language, &Language::changed, m_header, &HeaderBar::setLanguage);
    connect(m_header, &HeaderBar::languageChosen, &language, [this, &language](const QLocale& chosen) {
        language.set(chosen);
        m_preferences.setLanguage(Language::codeOf(chosen));
    });
    connect(m_pages->settings()->preferences(), &PreferencesPanel::languageChosen, &language,
            [this, &language](const QString& code) {
                m_preferences.setLanguage(code);
                language.set(Language::localeOf(code));
            });
    m_times->setCheckTimeLimits(m_preferences.checkTimeLimits());
    connect(&m_preferences, &model::Preferences::checkTimeLimitsChanged, m_times,
            &TimeTravelView::setCheckTimeLimits);
}

void MainWindow::addShortcuts()
{
    auto* refresh = new QShortcut(QKeySequence(Qt::Key_F5), this);
    connect(refresh, &QShortcut::activated, &m_workspace, &model::Workspace::reload);
    auto* search = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_F), this);
    connect(search, &QShortcut::activated, m_pages, &PageStack::focusSearch);
    auto* create = new QShortcut(QKeySequence::New, this);
    connect(create, &QShortcut::activated, m_pages, [this] {
        if (!m_wall->isOn())
            m_pages->startNewRecord();
    });
    auto* travel = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_T), this);
    connect(travel, &QShortcut::activated, m_times, [this] {
        if (page() == Page::Dashboard)
            m_times->setBarVisible(!m_times->isBarVisible());
    });
    auto* wall = new QShortcut(QKeySequence(Qt::Key_F11), this);
    connect(wall, &QShortcut::activated, m_wall, &WallMode::toggle);
    connect(m_wall, &WallMode::changed, this, &MainWindow::onWallChanged);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // One step back: from the past first, then from the wall. No shortcut, so that menus, fields and charts
    // that know what to do with it come first.
    if (event->key() == Qt::Key_Escape && page() == Page::Dashboard && m_times->isBarVisible())
        m_times->setBarVisible(false);
    else if (event->key() == Qt::Key_Escape && m_wall->isOn())
        m_wall->set(false);
    else
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::isOnWall() const
{
    return m_wall->isOn();
}

void MainWindow::setOnWall(bool on)
{
    m_wall->set(on);
}

void MainWindow::onWallChanged(bool on)
{
    emit wallChanged(on);
    if (on)
        m_pages->setPage(Page::Dashboard);
    m_rail->setVisible(!on);
    m_header->setReduced(on);
    m_pages->setReduced(on);
    m_status->setVisible(!on);
}

void MainWindow::showDashboard()
{
    if (const std::optional<protocol::Dashboard>& dashboard = m_workspace.dashboard().dashboard())
        m_view->display(*dashboard);
    showTrends();
    showFreshness();
}

void MainWindow::showTrends()
{
    if (const std::optional<protocol::Dashboard>& dashboard = m_workspace.dashboard().dashboard())
        m_view->displayTrends(m_workspace.trends(), dashboard->period);
    m_view->displayForecast(m_workspace.forecast().forecast());
}

void MainWindow::showFreshness()
{
    const model::DashboardModel& dashboard = m_workspace.dashboard();
    const std::optional<protocol::Timestamp> from = m_workspace.rememberedFrom();
    const Freshness numbers{dashboard.isStale(), {}, !dashboard.dashboard()};
    const std::chrono::milliseconds age =
        from ? std::max(protocol::now() - *from, std::chrono::milliseconds(0)) : std::chrono::milliseconds(0);
    m_view->setFreshness(numbers, m_workspace.rowsRememberedFrom() ? Freshness{true, {}} : numbers);
    m_status->setRemembered(from, age);
    // Said once: of what an earlier run saw, of what cannot be fetched by the badge, else here.
    const bool isTold = m_header->connection()->tellsAge();
    m_status->setAge(dashboard.isStale() && !isTold ? dashboard.age() : std::nullopt);
}

void MainWindow::showFailure(model::Interventions::Deed deed, const protocol::Error& error)
{
    switch (deed) {
    case model::Interventions::Deed::Acknowledge:
        return m_status->displayFailure(tr("The alert was not acknowledged."), error);
    case model::Interventions::Deed::MarkFalsePositive:
        return m_status->displayFailure(tr("The violation was not marked."), error);
    }
}

void MainWindow::connectDeeds()
{
    model::Interventions& interventions = m_workspace.interventions();
    connect(m_view->alerts(), &AlertsPanel::acknowledgeRequested, &interventions,
            &model::Interventions::acknowledge);
    connect(m_view->activity(), &ActivityPanel::falsePositiveChosen, &interventions,
            &model::Interventions::markFalsePositive);
    connect(&interventions, &model::Interventions::failed, this, &MainWindow::showFailure);
    model::OlderEvents& older = m_workspace.olderEvents();
    connect(m_view->activity(), &ActivityPanel::olderRequested, &older, &model::OlderEvents::load);
    connect(&older, &model::OlderEvents::failed, m_status, [this](const protocol::Error& error) {
        m_status->displayFailure(tr("Older events could not be loaded."), error);
    });
}

void MainWindow::connectFiles(DashboardView* view)
{
    const auto say = [this](const QString& path) {
        m_status->displayFailure(tr("%1 could not be written.").arg(isolated(path)));
    };
    connect(view, &DashboardView::saveFailed, m_status, say);
    connect(view->activity(), &ActivityPanel::exportFailed, m_status, say);
}

void MainWindow::showConnection()
{
    const model::FeedModel& feed = m_workspace.feed();
    const bool toldAge = m_header->connection()->tellsAge();
    // A hiccup of less than a moment is nothing to tell a person.
    if (feed.state() != model::FeedState::Connecting || feed.isBannerVisible())
        m_header->connection()->display(Connection::of(feed));
    if (m_header->connection()->tellsAge() != toldAge)
        showFreshness();
    m_status->setCompleteness(feed.completeSince(), feed.recoveries());
    showTitle();
}

void MainWindow::showHindrance()
{
    const auto hindrance = m_workspace.hindrance();
    m_header->connection()->setUntrusted(hindrance == model::Hindrance::Untrusted ||
                                         hindrance == model::Hindrance::OtherCertificate);
    m_status->setHindrance(hindrance, address(), m_workspace.dashboard().dashboard().has_value());
}

QString MainWindow::address() const
{
    return m_workspace.server().authority(QUrl::EncodeUnicode | QUrl::RemoveUserInfo);
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1 (%2) – PRISM Gateway", "server, state of the connection")
                       .arg(address(), m_header->connection()->word()));
}

void MainWindow::applyTheme()
{
    const Theme theme = Theme::of(QGuiApplication::palette());
    setStyleSheet({}); // a style sheet would bring the palette before it back
    setPalette(paletteFor(theme));
    setStyleSheet(styleSheetFor(theme));
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        showTitle();
        showAccess();
    }
}

} // namespace prism::ui
