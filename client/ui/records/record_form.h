#pragma once

#include "client/model/record_fields.h"
#include "client/ui/widgets/panel.h"

#include <QHash>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace prism::model {
class RecordEditor;
}

namespace prism::ui {

class FilterEditor;
class Text;

/// A record as a form, with what is wrong beside each field. Ctrl+S saves, Esc leaves; what would be lost is
/// asked about in the form itself. Borrows the editor, which outlives it.
class RecordForm : public Panel
{
    Q_OBJECT

public:
    explicit RecordForm(model::RecordEditor& editor, QWidget* parent = nullptr);

    model::RecordFields fields() const;
    bool isDirty() const;
    /// Shows that there is something unsaved, instead of losing it.
    void remind();

protected:
    void retranslate() override;

private:
    QWidget* layOut();
    void addField(QVBoxLayout* column, model::RecordField field, QWidget* control);
    void open();
    void fill();
    void follow();
    void save();
    void leave();
    void showProblems();
    QString problemOf(model::RecordField field) const;
    void askBeforeLeaving(bool asks);

    model::RecordEditor& m_editor;
    model::RecordFields m_filled; ///< what the controls were filled with
    model::RecordFields m_clean;  ///< what was there before the person began
    bool m_isSaving = false;
    bool m_asks = false;  ///< leaving again loses what was written
    bool m_tried = false; ///< to save: from then on what is wrong is shown
    Text* m_note;
    QScrollArea* m_scroll;
    QHash<model::RecordField, Text*> m_labels;
    QHash<model::RecordField, Text*> m_problems;
    QLineEdit* m_name;
    QComboBox* m_type;
    QPlainTextEdit* m_description;
    QComboBox* m_period;
    QListWidget* m_metrics;
    FilterEditor* m_filters;
    QPushButton* m_save;
    QPushButton* m_leave;
};

} // namespace prism::ui
