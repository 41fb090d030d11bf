#include "client/ui/settings/settings_page.h"

#include "client/ui/settings/preferences_panel.h"
#include "client/ui/settings/server_settings_panel.h"
#include "client/ui/theme/theme.h"

#include <QHBoxLayout>

namespace prism::ui {

SettingsPage::SettingsPage(model::Preferences& preferences, model::ServerSettingsModel& serverSettings,
                           QWidget* parent)
    : QWidget(parent)
    , m_preferences(new PreferencesPanel(preferences))
    , m_server(new ServerSettingsPanel(serverSettings))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::medium);
    layout->addWidget(m_preferences, 1);
    layout->addWidget(m_server, 1);
}

void SettingsPage::setFreshness(const Freshness& freshness)
{
    m_server->setFreshness(freshness);
}

} // namespace prism::ui
