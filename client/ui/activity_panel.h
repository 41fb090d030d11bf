#pragma once

#include "client/ui/panel.h"

class QComboBox;
class QLineEdit;

namespace prism::model {
class ActivityModel;
}

namespace prism::ui {

class ActivityTable;
class ActivityTexts;

/// What happens, newest first, filtered by type and text. Borrows the model, which outlives it.
class ActivityPanel : public Panel
{
    Q_OBJECT

public:
    explicit ActivityPanel(model::ActivityModel& activity, QWidget* parent = nullptr);

    void focusSearch();
    /// For a wall: without the controls.
    void setReduced(bool reduced);
    /// Puts the selected rows on the clipboard, under their headings.
    void copySelection() const;

protected:
    void retranslate() override;

private:
    void arrangeColumns();
    void showFolded();
    void showContextMenu(const QPoint& position);
    void updateEmptyNote();

    model::ActivityModel& m_activity;
    ActivityTexts* m_texts;
    ActivityTable* m_table;
    QComboBox* m_group;
    QLineEdit* m_search;
    Text* m_folded;
    Text* m_emptyNote;
};

} // namespace prism::ui
