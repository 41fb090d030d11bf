#pragma once

#include <QWidget>

class QPushButton;

namespace prism::model {
class RecordsModel;
}

namespace prism::ui {

class Text;

/// What stands in the place of rows where there are none: why, and what can be done about it. Borrows the
/// model.
class RecordsEmptyNote : public QWidget
{
    Q_OBJECT

public:
    explicit RecordsEmptyNote(model::RecordsModel& records, QWidget* parent = nullptr);

    /// Offers no new one.
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void retranslate();

signals:
    void newRequested();

private:
    model::RecordsModel& m_records;
    Text* m_title;
    Text* m_note;
    QPushButton* m_action;
    bool m_readOnly = false;
};

} // namespace prism::ui
