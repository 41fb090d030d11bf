#pragma once

#include "client/model/drafts.h"
#include "client/model/records_model.h"
#include "client/ui/widgets/panel.h"
#include "shared/protocol/record.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace prism::ui {

class NoticeLine;
class PageTurner;
class RecordsEmptyNote;
class RecordsTexts;
class SteadyTable;
class WhyLine;

/// The saved definitions: found, sorted, filtered and paged by the server, and what can be done with the one
/// that is selected. Borrows the model, which outlives it.
class RecordsPanel : public Panel
{
    Q_OBJECT

public:
    explicit RecordsPanel(model::RecordsModel& records, QWidget* parent = nullptr);

    /// Only runs them; `why` says so in a sentence.
    void setReadOnly(bool readOnly, const QString& why);
    void focusSearch();
    void focusTable();
    NoticeLine* notice() const { return m_notice; }

    /// The one selected record; nothing when none or several are.
    std::optional<protocol::Record> selected() const;
    /// The row that the keyboard is on, when none is selected.
    void selectCurrent();
    /// Once it is on the page, unless somebody selects or asks for something else first.
    void select(const QString& id);

    model::Narrowing narrowing() const;
    void narrow(const model::Narrowing& narrowing);

signals:
    void newRequested();
    void editRequested(const prism::protocol::Record& record);
    void runRequested(const prism::protocol::Record& record);
    void removeRequested(const prism::protocol::Record& record);

protected:
    void retranslate() override;

private:
    void layOut();
    void connectControls();
    void chooseType(int index);
    void describeTable();
    void openSelected();
    void editSelected();
    void runSelected();
    void removeSelected();
    void updateActions();
    void updatePlace();
    void arrangeColumns();
    void sortBy(int column);
    void showOrder();
    void showContextMenu(const QPoint& position);
    void copySelection() const;
    void exportRows();

    model::RecordsModel& m_records;
    RecordsTexts* m_texts;
    SteadyTable* m_table;
    QComboBox* m_type;
    QLineEdit* m_search;
    QPushButton* m_new;
    QPushButton* m_edit;
    QPushButton* m_run;
    QPushButton* m_remove;
    WhyLine* m_why; ///< records cannot be changed
    PageTurner* m_pages;
    NoticeLine* m_notice;
    RecordsEmptyNote* m_empty;
    bool m_readOnly = false;
    QString m_toSelect;                ///< an id that is not on the page yet; empty: none
    model::RecordsQuestion m_selectIn; ///< in whose answer it may turn up
};

} // namespace prism::ui
