#include "client/ui/widgets/steady_table.h"

#include "client/ui/widgets/table_looks.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace prism::ui {

SteadyTable::SteadyTable(QWidget* parent)
    : QTableView(parent)
{
    giveTableLooks(this);
    setVerticalScrollMode(ScrollPerItem);
}

void SteadyTable::choose(int row)
{
    selectionModel()->setCurrentIndex(model()->index(row, 0),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void SteadyTable::rowsInserted(const QModelIndex& parent, int start, int end)
{
    const int first = verticalScrollBar()->value(); // counted in rows
    QTableView::rowsInserted(parent, start, end);
    if (first == 0 || start > first)
        return;
    updateGeometries(); // the scroll bar does not reach that far yet
    verticalScrollBar()->setValue(first + end - start + 1);
}

void SteadyTable::rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end)
{
    const int first = verticalScrollBar()->value();
    const int above = std::max(std::min(end + 1, first) - start, 0);
    // The keyboard goes on to the next row; Qt would take it back to the one before.
    const int current = currentIndex().row();
    if (current >= start && current <= end && end + 1 < model()->rowCount())
        selectionModel()->setCurrentIndex(model()->index(end + 1, 0), QItemSelectionModel::NoUpdate);
    QTableView::rowsAboutToBeRemoved(parent, start, end);
    if (above > 0)
        verticalScrollBar()->setValue(first - above);
}

void SteadyTable::keyPressEvent(QKeyEvent* event)
{
    // The view's own copy would take the current cell only.
    if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit openRequested();
    else if (event->key() == Qt::Key_Delete)
        emit removeRequested();
    else
        QTableView::keyPressEvent(event);
}

} // namespace prism::ui
