#pragma once

#include "client/ui/widgets/panel.h"

class QPushButton;
class QTableWidget;

namespace prism::model {
class RecordRun;
}

namespace prism::ui {

class Text;

/// What a record computed, one metric a line. Borrows the run, which outlives it.
class RecordResultPanel : public Panel
{
    Q_OBJECT

public:
    explicit RecordResultPanel(model::RecordRun& run, QWidget* parent = nullptr);

    /// Where the keyboard begins. No focus proxy: Tab would pass over all that stands before it.
    QWidget* entrance() const;

protected:
    void retranslate() override;

private:
    void fillTable();
    QString noteText() const;

    model::RecordRun& m_run;
    Text* m_note;
    QTableWidget* m_table;
    QPushButton* m_again;
    QPushButton* m_close;
};

} // namespace prism::ui
