#pragma once

#include "client/model/drafts.h"
#include "client/ui/widgets/panel.h"
#include "shared/protocol/settings.h"

#include <functional>
#include <map>

class QComboBox;
class QPushButton;

namespace prism::model {
class ServerSettingsModel;
}

namespace prism::ui {

class FormScroll;
class NoticeLine;
class SettingRow;
class NumberField;
class Text;
class WhyLine;

/// What can be set at the server while it runs, for those who may. What others change meanwhile is taken over
/// wherever this person has not begun to change it. Borrows the model, which outlives it.
class ServerSettingsPanel : public Panel
{
    Q_OBJECT

public:
    explicit ServerSettingsPanel(model::ServerSettingsModel& settings, QWidget* parent = nullptr);

    /// What is changed and not saved.
    std::optional<model::UnsavedSettings> unsaved() const;
    void resume(const model::UnsavedSettings& unsaved);

    /// Shows them only; `why` says so in a sentence.
    void setReadOnly(bool readOnly, const QString& why, bool mayUnmute);

protected:
    void retranslate() override;

private:
    /// A number of the settings, wherever it stands in them.
    struct Place
    {
        std::function<double(const protocol::Settings&)> read;
        std::function<void(protocol::Settings&, double)> write;
    };

    /// The same, and how it is shown.
    struct Number
    {
        Place place;
        SettingRow* row;
        NumberField* box;
        double scale; ///< of what is shown to what is set
    };

    static Place placeOf(double protocol::AlertSettings::*member);
    void addNumbers();
    void addNumber(const QString& key, const Place& place, double min, double max, int decimals,
                   double scale = 1);
    protocol::Settings wanted() const;
    void follow();
    void takeOver(const protocol::Settings& now);
    /// An older server has not all of them; of one that has not answered yet nothing is known.
    bool mayHave(const QString& key) const;
    void revert();
    void note(QWidget* changed);
    void showRefused();
    void showMutes();
    void updateButtons();
    QString problemOf(const QString& key, double scale) const;

    model::ServerSettingsModel& m_settings;
    std::optional<protocol::Settings> m_base; ///< what the controls were last filled with
    WhyLine* m_why;                           ///< nothing can be changed
    QString m_whyNot;
    Text* m_state;
    QPushButton* m_retry;
    QWidget* m_controls;
    FormScroll* m_scroll;
    QComboBox* m_level;
    SettingRow* m_levelRow;
    std::map<QString, Number> m_numbers; ///< by their path on the wire
    Text* m_alertsHeading;
    QWidget* m_mutes;
    Text* m_note;
    NoticeLine* m_notice;
    QPushButton* m_save;
    QPushButton* m_revert;
    QWidget* m_worked;                                ///< the field that was changed last
    std::optional<model::UnsavedSettings> m_reverted; ///< while the notice offers to have them back
    bool m_isReadOnly = false;
    bool m_mayUnmute = true;
    bool m_isSaving = false;
    bool m_isResumed = false; ///< it was typed before, and is not saved yet
};

} // namespace prism::ui
