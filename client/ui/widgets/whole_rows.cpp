#include "client/ui/widgets/whole_rows.h"

#include <QAbstractItemView>

namespace prism::ui {

QRect wholeRows(const QAbstractItemView& view)
{
    QRect room = view.viewport()->rect();
    if (view.verticalScrollBarPolicy() != Qt::ScrollBarAlwaysOff)
        return room;
    const QRect last = view.visualRect(view.indexAt(room.bottomLeft()));
    if (last.isValid() && last.bottom() > room.bottom() && last.top() > room.top())
        room.setBottom(last.top() - 1);
    return room;
}

} // namespace prism::ui
