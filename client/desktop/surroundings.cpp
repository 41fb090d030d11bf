#include "client/desktop/surroundings.h"

#include "client/desktop/notifier.h"
#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/window/main_window.h"

#include <QGuiApplication>

namespace prism::desktop {

using model::Workspace;

Surroundings::Surroundings(const model::Profile& profile, const Parts& parts, const Folders& folders,
                           QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_keeper(folders.cache + QStringLiteral("/last-seen-%1.json").arg(profile.key()), parts.workspace)
    , m_drafts(folders.data + QStringLiteral("/drafts-%1.json").arg(profile.key()), parts.window)
    , m_herald(parts.notifier, profile.name, {}, {})
    , m_tray(parts.window, profile.name, &QSystemTrayIcon::isSystemTrayAvailable)
{
    m_parts.memory.restore(m_parts.window);
    m_parts.window.setOnWall(m_parts.memory.isOnWall());
    connect(&m_parts.window, &ui::MainWindow::wallChanged, this, [this](bool on) {
        if (on)
            m_parts.memory.save(m_parts.window); // what it goes back to, at the next start too
    });
    m_keeper.restore();
    m_drafts.restore();
    connectHerald();
    connectTray();
    // Whichever the desktop uses: it asks first, or it just ends the program.
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, &Surroundings::save);
    connect(qGuiApp, &QCoreApplication::aboutToQuit, this, &Surroundings::save);
}

void Surroundings::connectHerald()
{
    Workspace& workspace = m_parts.workspace;
    connect(&workspace, &Workspace::alertRaised, &m_herald, &Herald::alertRaised);
    connect(&workspace, &Workspace::alertAcknowledged, &m_herald, &Herald::alertAcknowledged);
    connect(&workspace.feed(), &model::FeedModel::stateChanged, &m_herald, &Herald::feedChanged);
    connect(&m_parts.notifier, &Notifier::acknowledged, &workspace.interventions(),
            &model::Interventions::acknowledge);
    connect(&m_parts.notifier, &Notifier::activated, this, &Surroundings::showWindow);

    m_herald.setWanted(m_parts.preferences.notifications());
    connect(&m_parts.preferences, &model::Preferences::notificationsChanged, &m_herald, &Herald::setWanted);
    const auto offer = [this] {
        m_herald.setAcknowledging(m_parts.workspace.access().may(model::Offer::AcknowledgeAlerts));
    };
    connect(&workspace.access(), &model::Access::changed, &m_herald, offer);
    offer();
    m_herald.setLocale(m_parts.language.current());
    connect(&m_parts.language, &ui::Language::changed, &m_herald, &Herald::setLocale);
}

void Surroundings::connectTray()
{
    const auto show = [this] {
        const model::AlertsModel& alerts = m_parts.workspace.alerts();
        m_tray.setState(
            {m_parts.workspace.feed().state(), alerts.worstUnacknowledged(), alerts.unacknowledged()});
    };
    const model::AlertsModel& alerts = m_parts.workspace.alerts();
    connect(&m_parts.workspace.feed(), &model::FeedModel::stateChanged, this, show);
    connect(&alerts, &QAbstractItemModel::rowsInserted, this, show);
    connect(&alerts, &QAbstractItemModel::rowsRemoved, this, show);
    connect(&alerts, &QAbstractItemModel::dataChanged, this, show);
    show();
    m_tray.setKept(m_parts.preferences.keepInTray());
    connect(&m_tray, &TrayIcon::keptChanged, &m_parts.preferences, &model::Preferences::setKeepInTray);
}

void Surroundings::activate(const Activation& wanted)
{
    if (wanted.period)
        m_parts.workspace.dashboard().setPeriod(*wanted.period);
    if (wanted.page)
        m_parts.window.setPage(*wanted.page);
    showWindow();
}

void Surroundings::save()
{
    m_parts.memory.setPage(m_parts.window.page());
    m_parts.memory.setPeriod(m_parts.workspace.dashboard().period());
    m_parts.memory.setOnWall(m_parts.window.isOnWall());
    if (!m_parts.window.isOnWall())
        m_parts.memory.save(m_parts.window);
    m_keeper.save();
    m_drafts.save();
}

} // namespace prism::desktop
