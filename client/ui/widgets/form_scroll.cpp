#include "client/ui/widgets/form_scroll.h"

#include <QEvent>
#include <QScrollBar>

namespace prism::ui {

FormScroll::FormScroll(QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
}

QSize FormScroll::minimumSizeHint() const
{
    const int height = 3 * fontMetrics().lineSpacing(); // a field and its name
    if (!widget())
        return {0, height};
    const bool hasBar = verticalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
    const int bar = hasBar ? verticalScrollBar()->sizeHint().width() : 0;
    return {widget()->minimumSizeHint().width() + bar, height};
}

bool FormScroll::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::Polish)
        updateGeometry(); // another scroll bar
    return QScrollArea::event(event);
}

bool FormScroll::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry(); // the fields need another width
    return QScrollArea::eventFilter(watched, event);
}

} // namespace prism::ui
