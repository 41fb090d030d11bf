#include "client/ui/widgets/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>

namespace prism::ui {

namespace {

/// The field whose value the wheel over `object` would change.
QWidget* fieldOf(QObject* object)
{
    if (!object->isWidgetType() || qobject_cast<QScrollBar*>(object))
        return nullptr;
    const bool isField = qobject_cast<QComboBox*>(object) || qobject_cast<QAbstractSpinBox*>(object) ||
                         qobject_cast<QAbstractSlider*>(object) || qobject_cast<QTabBar*>(object);
    return isField ? static_cast<QWidget*>(object) : nullptr;
}

} // namespace

WheelGuard::WheelGuard(QObject* parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel && event->type() != QEvent::Polish)
        return false;
    QWidget* const field = fieldOf(watched);
    if (!field)
        return false;
    if (event->type() == QEvent::Polish) {
        if (field->focusPolicy() == Qt::WheelFocus)
            field->setFocusPolicy(Qt::StrongFocus);
        return false;
    }
    if (field->hasFocus())
        return false;
    event->ignore(); // so that Qt offers it to the parent
    return true;
}

} // namespace prism::ui
