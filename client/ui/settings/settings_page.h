#pragma once

#include <QWidget>

namespace prism::model {
class Administration;
class Preferences;
class Workspace;
} // namespace prism::model

namespace prism::ui {

class AccessPage;
class AuditPanel;
class PreferencesPanel;
class SectionBar;
class ServerSettingsPanel;
struct Freshness;
enum class Section;

/// In parts: this dashboard's settings and the server's, side by side; who may ask the server; and, for
/// admins, who did what. Borrows the models, which outlive it.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(model::Preferences& preferences, model::Workspace& workspace, QWidget* parent = nullptr);

    PreferencesPanel* preferences() const { return m_preferences; }
    ServerSettingsPanel* server() const { return m_server; }
    AuditPanel* audit() const { return m_audit; }

    Section section() const;
    void setSection(Section section);
    /// While false nothing that only admins see is fetched.
    void setActive(bool active);
    /// Whether what only admins see and do is offered.
    void setAdministrable(bool administrable);
    /// Of what is the server's; one's own choices are never stale.
    void setFreshness(const Freshness& freshness);

signals:
    void signInRequested();

private:
    void activate();

    model::Administration& m_administration;
    PreferencesPanel* m_preferences;
    ServerSettingsPanel* m_server;
    SectionBar* m_bar;
    QWidget* m_general;
    AccessPage* m_access;
    AuditPanel* m_audit;
    bool m_isActive = false;
    bool m_isAdministrable = false;
};

} // namespace prism::ui
