#include "client/ui/administration/sentences_panel.h"

#include <QLayout>
#include <QResizeEvent>

#include <algorithm>

namespace prism::ui {

QSize SentencesPanel::minimumSizeHint() const
{
    const QSize least = Panel::minimumSizeHint();
    return {least.width(), std::max(least.height(), layout()->totalHeightForWidth(width()))};
}

void SentencesPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry(); // the sentences break elsewhere
}

} // namespace prism::ui
