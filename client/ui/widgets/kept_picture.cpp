#include "client/ui/widgets/kept_picture.h"

#include "client/ui/widgets/whole_rows.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

#include <utility>

namespace prism::ui {

KeptPicture::KeptPicture(QTableView& view)
    : QObject(&view)
    , m_view(view)
{
    const QAbstractItemModel* model = view.model();
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this](const QModelIndex&, int first) {
        const bool isOnTop = first == 0 && m_view.verticalScrollBar()->value() == 0;
        begin(isOnTop || isBelow(first));
    });
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { end(first == 0 ? last - first + 1 : 0); });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first) { begin(isBelow(first)); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { end(0); });
}

bool KeptPicture::isBelow(int row) const
{
    const int lowest = m_view.rowAt(m_view.viewport()->height() - 1);
    return lowest >= 0 && row > lowest;
}

void KeptPicture::begin(bool keeps)
{
    const QDate before = std::exchange(m_day, QDate::currentDate());
    QWidget* viewport = m_view.viewport();
    m_keeps = keeps && before == m_day && viewport->isVisible() && viewport->updatesEnabled();
    m_size = viewport->size();
    if (m_keeps)
        viewport->setAttribute(Qt::WA_UpdatesDisabled);
}

void KeptPicture::end(int added)
{
    if (!std::exchange(m_keeps, false))
        return;
    QWidget* viewport = m_view.viewport();
    m_view.doItemsLayout(); // which it would do later, and paint everything
    viewport->setAttribute(Qt::WA_UpdatesDisabled, false);
    const int height = added * m_view.verticalHeader()->defaultSectionSize();
    if (viewport->size() != m_size || height >= viewport->height())
        return viewport->update();
    viewport->setAttribute(Qt::WA_OpaquePaintEvent); // a style sheet takes it away
    if (added == 0)
        return;
    viewport->scroll(0, height);
    viewport->update(viewport->rect().adjusted(0, wholeRows(m_view).height(), 0, 0)); // no part of a row
}

} // namespace prism::ui
