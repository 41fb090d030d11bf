#pragma once

#include "client/model/drafts.h"
#include "client/ui/widgets/panel.h"

#include <array>

class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace prism::model {
class ActivityModel;
}

namespace prism::ui {

class ActivityDetails;
class ActivityTable;
class ActivityTexts;

/// What happens, newest first, filtered by type and text; all of one event on demand. Borrows the model,
/// which outlives it.
class ActivityPanel : public Panel
{
    Q_OBJECT

public:
    explicit ActivityPanel(model::ActivityModel& activity, QWidget* parent = nullptr);

    void focusSearch();
    model::Narrowing narrowing() const;
    void narrow(const model::Narrowing& narrowing);
    /// Offers no marking of violations, and nothing older.
    void setReadOnly();
    /// Whether violations can be marked.
    void setMarking(bool offered);
    /// For a wall: without the controls.
    void setReduced(bool reduced);
    /// Puts the selected rows on the clipboard, under their headings.
    void copySelection() const;

    /// All rows that pass the filters, as CSV.
    QByteArray asCsv() const;

    /// Whether there is room below the table for all that the current row's event said.
    void showDetails(bool shown);

signals:
    /// Somebody wants a violation (counted from 0) to count, or not to count, any more.
    void falsePositiveChosen(const QString& checkId, int violation, bool falsePositive);
    /// The rows could not be written to the file that somebody chose.
    void exportFailed(const QString& path);
    /// Somebody wants to see what came before the rows there are.
    void olderRequested();

protected:
    void retranslate() override;

private:
    void arrangeColumns();
    void showFolded();
    void showContextMenu(const QPoint& position);
    void exportRows();
    void updateDetails();
    void updateEmptyNote();
    bool mayLoadOlder() const;

    model::ActivityModel& m_activity;
    ActivityTexts* m_texts;
    ActivityTable* m_table;
    ActivityDetails* m_details;
    QToolButton* m_detailsButton;
    QComboBox* m_group;
    QLineEdit* m_search;
    Text* m_folded;
    Text* m_emptyNote;
    QPushButton* m_older;
    bool m_reduced = false;
    bool m_readOnly = false;
    std::array<int, 4> m_arranged{}; ///< the widths that nobody has changed yet
};

} // namespace prism::ui
