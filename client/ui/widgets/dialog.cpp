#include "client/ui/widgets/dialog.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>

namespace prism::ui {

Dialog::Dialog(const QString& name, QWidget* parent)
    : QDialog(parent)
{
    constexpr int leastWidth = 480;
    setAttribute(Qt::WA_WindowPropagation);
    setObjectName(name);
    setMinimumWidth(leastWidth);
}

/// A layout's own does not count the lines that sentences break into.
QSize Dialog::minimumSizeHint() const
{
    const QSize least = QDialog::minimumSizeHint();
    return {least.width(), std::max(least.height(), layout() ? layout()->totalHeightForWidth(width()) : 0)};
}

bool Dialog::event(QEvent* event)
{
    const bool isHandled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest) // sentences may have got longer
        setMinimumHeight(minimumSizeHint().height());
    return isHandled;
}

void Dialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

} // namespace prism::ui
