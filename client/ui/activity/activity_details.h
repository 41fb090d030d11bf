#pragma once

#include "client/model/activity_entry.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace prism::ui {

/// Everything that one event said, to read and to copy; a check's violations can be marked as false positives
/// from here. Shows what it is given.
class ActivityDetails : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityDetails(QWidget* parent = nullptr);

    /// Nothing: no row is selected.
    void display(const std::optional<model::ActivityEntry>& entry);
    /// Whether violations can be marked.
    void setMarking(bool offered);

signals:
    /// Somebody wants the violation with this number (from 0) to count, or not to count, any more.
    void falsePositiveChosen(const QString& checkId, int violation, bool falsePositive);
    void closeRequested();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void retranslate();
    void fill();
    void copy() const;
    void showMark();
    void chooseMark();
    int chosenViolation() const; ///< -1 when none is

    std::optional<model::ActivityEntry> m_entry;
    QString m_checkId;
    QUrl m_run;
    QTreeWidget* m_facts;
    QPushButton* m_mark;
    QPushButton* m_open; ///< shown where there is a run to open
    QPushButton* m_copy;
    QToolButton* m_close;
};

} // namespace prism::ui
