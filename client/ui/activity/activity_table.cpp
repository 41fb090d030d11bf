#include "client/ui/activity/activity_table.h"

#include "client/ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

namespace prism::ui {

ActivityTable::ActivityTable(QWidget* parent)
    : WithWholeRows<QTableView>(parent)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    connect(this, &QTableView::doubleClicked, this, &ActivityTable::detailsRequested);
    applyFonts();
}

void ActivityTable::applyFonts()
{
    applyFont(this, TextRole::Body);
    verticalHeader()->setDefaultSectionSize(QFontMetrics(fontFor(TextRole::Body)).height() + space::medium);
    horizontalHeader()->setFont(fontFor(TextRole::Caption));
}

void ActivityTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFonts();
}

void ActivityTable::rowsInserted(const QModelIndex& parent, int start, int end)
{
    const int first = verticalScrollBar()->value(); // counted in rows
    QTableView::rowsInserted(parent, start, end);
    if (first == 0 || start > first)
        return;
    updateGeometries(); // the scroll bar does not reach that far yet
    verticalScrollBar()->setValue(first + end - start + 1);
}

/// A background of its own lets the picture be moved.
void ActivityTable::paintEvent(QPaintEvent* event)
{
    QPainter(viewport()).fillRect(event->rect(), Theme::of(this).surface);
    WithWholeRows<QTableView>::paintEvent(event);
}

void ActivityTable::keyPressEvent(QKeyEvent* event)
{
    // The view's own copy would take the current cell only.
    if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else if (currentIndex().isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit detailsRequested();
    else
        QTableView::keyPressEvent(event);
}

} // namespace prism::ui
