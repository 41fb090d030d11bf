#include "client/ui/widgets/kept_selection.h"

#include <QScrollBar>
#include <QTableView>

namespace prism::ui {

KeptSelection::KeptSelection(QTableView& view, const QList<int>& roles)
    : QObject(&view)
    , m_view(view)
    , m_roles(roles)
{
    connect(view.model(), &QAbstractItemModel::modelAboutToBeReset, this, &KeptSelection::note);
    connect(view.model(), &QAbstractItemModel::modelReset, this, &KeptSelection::restore);
}

KeptSelection::Key KeptSelection::keyOf(int row) const
{
    Key key;
    if (row < 0 || row >= m_view.model()->rowCount())
        return key;
    for (const int role : m_roles)
        key.append(m_view.model()->index(row, 0).data(role));
    return key;
}

void KeptSelection::note()
{
    m_selected.clear();
    const QModelIndexList rows = m_view.selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        m_selected.append(keyOf(row.row()));
    m_current = keyOf(m_view.currentIndex().row());
    const int top = m_view.verticalScrollBar()->value();
    m_top = top > 0 ? keyOf(top) : Key();
}

void KeptSelection::restore()
{
    if (m_selected.isEmpty() && m_current.isEmpty() && m_top.isEmpty())
        return;
    QItemSelectionModel* selection = m_view.selectionModel();
    int top = -1;
    for (int row = 0; row < m_view.model()->rowCount(); ++row) {
        const Key key = keyOf(row);
        const QModelIndex index = m_view.model()->index(row, 0);
        if (key == m_current)
            selection->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        if (m_selected.contains(key))
            selection->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        if (key == m_top)
            top = row;
    }
    if (top > 0)
        m_view.scrollTo(m_view.model()->index(top, 0), QAbstractItemView::PositionAtTop);
}

} // namespace prism::ui
