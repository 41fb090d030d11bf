#pragma once

#include "client/model/record_fields.h"
#include "client/ui/widgets/panel.h"

#include <QHash>
#include <QPointer>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace prism::model {
class RecordEditor;
struct UnsavedRecord;
} // namespace prism::model

namespace prism::ui {

class FilterEditor;
class MetricList;
class Text;

/// A record as a form, with what is wrong beside each field. Ctrl+S saves, Esc leaves; what would be lost is
/// asked about in the form itself. Borrows the editor, which outlives it.
class RecordForm : public Panel
{
    Q_OBJECT

public:
    explicit RecordForm(model::RecordEditor& editor, QWidget* parent = nullptr);

    model::RecordFields fields() const;
    /// What would be lost with it.
    std::optional<model::UnsavedRecord> unsaved() const;
    /// What was begun can be looked at, and not saved.
    void setReadOnly(bool readOnly);
    /// Shows that there is something unsaved, instead of losing it.
    void remind();

signals:
    /// Somebody left it without saving what was written.
    void discarded(const prism::model::UnsavedRecord& record);

protected:
    void retranslate() override;

private:
    QWidget* layOut();
    void addField(QVBoxLayout* column, model::RecordField field, QWidget* control);
    void open();
    void showField(model::RecordField field);
    void follow();
    void takeOver();
    void returnFocus();
    QWidget* controlOf(model::RecordField field) const;
    void save();
    void leave();
    void showProblems();
    QString problemOf(model::RecordField field) const;
    bool isPlaced() const;
    void askBeforeLeaving(bool asks);

    model::RecordEditor& m_editor;
    model::RecordFields m_filled; ///< what the controls were filled with
    QPointer<QWidget> m_worked;   ///< what had the focus when saving began
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
    MetricList* m_metrics;
    FilterEditor* m_filters;
    QPushButton* m_save;
    QPushButton* m_leave;
};

} // namespace prism::ui
