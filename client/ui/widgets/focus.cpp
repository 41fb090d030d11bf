#include "client/ui/widgets/focus.h"

#include <QWidget>

namespace prism::ui {

void yieldFocus(const QWidget& from, QWidget& to)
{
    const QWidget* focused = from.window()->focusWidget();
    if (focused && (focused == &from || from.isAncestorOf(focused)))
        to.setFocus(Qt::OtherFocusReason);
}

} // namespace prism::ui
