#include "client/ui/window/page_scroll.h"

#include <QApplication>
#include <QEvent>

namespace prism::ui {

PageScroll::PageScroll(QWidget* page, QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget*, QWidget* now) { reveal(now); });
}

void PageScroll::setScrolling(bool scrolls)
{
    const Qt::ScrollBarPolicy policy = scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff;
    setVerticalScrollBarPolicy(policy);
    setHorizontalScrollBarPolicy(policy);
}

bool PageScroll::eventFilter(QObject* watched, QEvent* event)
{
    // What breaks into lines knows its height once it has its width: then there is more to scroll.
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
    return QScrollArea::eventFilter(watched, event);
}

QSize PageScroll::sizeHint() const
{
    return widget()->sizeHint();
}

QSize PageScroll::minimumSizeHint() const
{
    return {0, 0};
}

void PageScroll::reveal(const QWidget* focused)
{
    // What is pressed can be seen, and must not move under the hand.
    if (!focused || !widget()->isAncestorOf(focused) || QApplication::mouseButtons() != Qt::NoButton)
        return;
    // All of it, and not one row as ensureWidgetVisible would: the arrow keys go to the others.
    const QRect place(focused->mapTo(widget(), QPoint()), focused->size());
    ensureVisible(place.center().x(), place.center().y(), place.width() / 2 + 1, place.height() / 2 + 1);
}

} // namespace prism::ui
