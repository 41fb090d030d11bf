#pragma once

#include "client/ui/widgets/panel.h"

class QCheckBox;
class QComboBox;

namespace prism::model {
class Preferences;
}

namespace prism::ui {

class NumberField;
class SettingRow;

/// What a person can choose about this dashboard; applied and kept at once. Borrows the preferences, which
/// outlive it.
class PreferencesPanel : public Panel
{
    Q_OBJECT

public:
    explicit PreferencesPanel(model::Preferences& preferences, QWidget* parent = nullptr);

signals:
    /// A language's code; empty for the system's.
    void languageChosen(const QString& code);

protected:
    void retranslate() override;

private:
    void connectControls();
    void showChoices();
    void showLimits();
    void showPollInterval();
    void setLimits();

    model::Preferences& m_preferences;
    QComboBox* m_language;
    QComboBox* m_theme;
    NumberField* m_goodBelow;
    NumberField* m_acceptableBelow;
    QCheckBox* m_notifications;
    NumberField* m_pollInterval;
    SettingRow* m_languageRow;
    SettingRow* m_themeRow;
    SettingRow* m_goodRow;
    SettingRow* m_acceptableRow;
    SettingRow* m_notificationsRow;
    SettingRow* m_pollRow;
};

} // namespace prism::ui
