#pragma once

#include "client/model/record_merge.h"
#include "client/ui/widgets/panel.h"

class QPushButton;
class QScrollArea;

namespace prism::model {
class RecordEditor;
}

namespace prism::ui {

class Text;

/// Two people's changes of one record side by side: a choice for each field that both changed, and what was
/// brought together without asking. Borrows the editor, which outlives it.
class RecordConflict : public Panel
{
    Q_OBJECT

public:
    explicit RecordConflict(model::RecordEditor& editor, QWidget* parent = nullptr);

    /// Where the keyboard begins. No focus proxy: Tab would pass over all that stands before it.
    QWidget* entrance() const;

protected:
    void retranslate() override;

private:
    void follow();
    void rebuild();
    QWidget* build();
    void addChoice(QVBoxLayout* column, model::RecordField field);
    void addMerged(QVBoxLayout* column, model::RecordField field);
    void updateButtons();

    model::RecordEditor& m_editor;
    bool m_built = false;
    Text* m_intro;
    QScrollArea* m_scroll;
    QPushButton* m_save;
    QPushButton* m_back;
};

} // namespace prism::ui
