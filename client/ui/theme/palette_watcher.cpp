#include "client/ui/theme/palette_watcher.h"

#include <QCoreApplication>
#include <QEvent>

namespace prism::ui {

PaletteWatcher::PaletteWatcher(QObject* parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool PaletteWatcher::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == QCoreApplication::instance())
        emit changed();
    return QObject::eventFilter(watched, event);
}

} // namespace prism::ui
