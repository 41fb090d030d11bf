#include "tests/ui/widgets_in.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

namespace prism::test {

QList<QWidget*> controlsOf(const QWidget& window)
{
    QList<QWidget*> found;
    const QList<QWidget*> widgets = window.findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                             qobject_cast<QLineEdit*>(widget) || qobject_cast<QAbstractItemView*>(widget);
        // What takes no focus is a part of another control: its clear button, its header.
        if (control && widget->focusPolicy() != Qt::NoFocus && widget->window() == &window)
            found.append(widget);
    }
    return found;
}

QStringList textsOf(const QWidget& window)
{
    QStringList all{window.windowTitle()};
    const QList<QWidget*> widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (widget->window() != &window)
            continue;
        all << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            all << label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            all << button->text();
        if (const auto* edit = qobject_cast<const QLineEdit*>(widget))
            all << edit->placeholderText();
        if (const auto* combo = qobject_cast<const QComboBox*>(widget);
            combo && !combo->objectName().contains(QStringLiteral("language"))) {
            for (int i = 0; i < combo->count(); ++i)
                all << combo->itemText(i);
        }
        if (const auto* table = qobject_cast<const QAbstractItemView*>(widget); table && table->model()) {
            for (int column = 0; column < table->model()->columnCount(); ++column)
                all << table->model()->headerData(column, Qt::Horizontal).toString()
                    << table->model()->index(0, column).data().toString();
        }
    }
    return all;
}

} // namespace prism::test
