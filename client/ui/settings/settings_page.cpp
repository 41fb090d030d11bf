#include "client/ui/settings/settings_page.h"

#include "client/model/workspace.h"
#include "client/ui/administration/access_page.h"
#include "client/ui/administration/audit_panel.h"
#include "client/ui/settings/preferences_panel.h"
#include "client/ui/settings/section_bar.h"
#include "client/ui/settings/server_settings_panel.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/focus.h"

#include <QVBoxLayout>

namespace prism::ui {

using Part = model::Administration::Part;

SettingsPage::SettingsPage(model::Preferences& preferences, model::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_administration(workspace.administration())
    , m_preferences(new PreferencesPanel(preferences))
    , m_server(new ServerSettingsPanel(workspace.serverSettings()))
    , m_bar(new SectionBar)
    , m_general(new QWidget)
    , m_access(new AccessPage(workspace))
    , m_audit(new AuditPanel(workspace.administration()))
{
    auto* beside = new QHBoxLayout(m_general);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(space::medium);
    beside->addWidget(m_preferences, 1);
    beside->addWidget(m_server, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(m_bar);
    for (QWidget* section : std::initializer_list<QWidget*>{m_general, m_access, m_audit})
        column->addWidget(section, 1); // only what is shown takes room
    connect(m_bar, &SectionBar::chosen, this, &SettingsPage::setSection);
    connect(m_access, &AccessPage::signInRequested, this, &SettingsPage::signInRequested);
    setAdministrable(false);
    setSection(Section::General);
}

Section SettingsPage::section() const
{
    return m_bar->section();
}

void SettingsPage::setSection(Section section)
{
    m_bar->setSection(section);
    const std::pair<Section, QWidget*> sections[] = {
        {Section::General, m_general}, {Section::Access, m_access}, {Section::Audit, m_audit}};
    for (const auto& [each, widget] : sections) {
        if (each != section)
            yieldFocus(*widget, *m_bar);
        widget->setVisible(each == section);
    }
    activate();
}

void SettingsPage::setActive(bool active)
{
    m_isActive = active;
    activate();
}

void SettingsPage::setAdministrable(bool administrable)
{
    m_isAdministrable = administrable;
    if (!administrable && section() == Section::Audit) {
        yieldFocus(*this, *m_bar);
        setSection(Section::General);
    }
    m_bar->setAdministrable(administrable);
    m_access->setAdministrable(administrable);
    activate();
}

void SettingsPage::activate()
{
    Part part = Part::None;
    if (m_isActive && m_isAdministrable && section() != Section::General)
        part = section() == Section::Access ? Part::Access : Part::Audit;
    m_administration.setActive(part);
}

void SettingsPage::setFreshness(const Freshness& freshness)
{
    m_server->setFreshness(freshness);
    m_access->setFreshness(freshness);
    m_audit->setFreshness(freshness);
}

} // namespace prism::ui
