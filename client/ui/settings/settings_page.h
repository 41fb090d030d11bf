#pragma once

#include <QWidget>

namespace prism::model {
class Preferences;
class ServerSettingsModel;
} // namespace prism::model

namespace prism::ui {

class PreferencesPanel;
class ServerSettingsPanel;
struct Freshness;

/// This dashboard's settings and the server's, side by side. Borrows the models, which outlive it.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(model::Preferences& preferences, model::ServerSettingsModel& serverSettings,
                 QWidget* parent = nullptr);

    PreferencesPanel* preferences() const { return m_preferences; }
    ServerSettingsPanel* server() const { return m_server; }
    /// Of what is the server's; one's own choices are never stale.
    void setFreshness(const Freshness& freshness);

private:
    PreferencesPanel* m_preferences;
    ServerSettingsPanel* m_server;
};

} // namespace prism::ui
