#include "tests/ui/laid_out.h"

#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/panel.h"
#include "client/ui/widgets/text.h"
#include "tests/ui/painted_texts.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace prism::test {

namespace {

/// The scroll area whose content this is, if it is.
const QScrollArea* scrolling(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    const auto* area = parent ? qobject_cast<const QScrollArea*>(parent->parentWidget()) : nullptr;
    return area && area->widget() == &widget ? area : nullptr;
}

/// Of a control or a view, which places what it is made of by itself.
bool isPartOfAControl(const QWidget& widget)
{
    for (const QWidget* parent = widget.parentWidget(); parent && !parent->isWindow();
         parent = parent->parentWidget()) {
        if (qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
            qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QHeaderView*>(parent))
            return true;
        if (qobject_cast<const QAbstractScrollArea*>(parent) && !qobject_cast<const QScrollArea*>(parent) &&
            !widget.inherits("prism::ui::RecordsEmptyNote"))
            return true;
    }
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
    return area != nullptr; // a viewport, or what the scroll bars lie in
}

QSize least(const QWidget& widget)
{
    QSize least = widget.minimumSizeHint();
    if (const auto* label = qobject_cast<const QLabel*>(&widget); label && label->wordWrap())
        least.setHeight(label->heightForWidth(label->width()));
    if (widget.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
        least.setWidth(0);
    if (widget.sizePolicy().verticalPolicy() == QSizePolicy::Ignored)
        least.setHeight(0);
    return least.boundedTo(widget.maximumSize());
}

/// What nothing covers at the right of a widget, in its parent.
int roomBeside(const QWidget& widget)
{
    int end = widget.parentWidget()->contentsRect().right() + 1;
    for (const QObject* object : widget.parentWidget()->children()) {
        const auto* other = qobject_cast<const QWidget*>(object);
        if (!other || other == &widget || !other->isVisible() ||
            other->geometry().contains(widget.geometry()))
            continue;
        const bool isBeside =
            other->y() <= widget.geometry().bottom() && other->geometry().bottom() >= widget.y();
        if (isBeside && other->x() > widget.geometry().right())
            end = std::min(end, other->x());
    }
    return end - widget.geometry().right() - 1;
}

class Inspector
{
public:
    explicit Inspector(QWidget& window)
        : m_window(window)
    {
    }

    QStringList inspect()
    {
        const QList<QWidget*> widgets = m_window.findChildren<QWidget*>();
        for (const QWidget* widget : widgets) {
            if (!widget->isVisible() || widget->window() != &m_window || isPartOfAControl(*widget))
                continue;
            inspectSize(*widget);
            inspectPlace(*widget);
            inspectText(*widget);
            if (const auto* list = qobject_cast<const QListView*>(widget))
                inspectRows(*list);
            if (const auto* graphics = qobject_cast<const QGraphicsView*>(widget))
                inspectLabels(*graphics);
        }
        return m_found;
    }

private:
    void inspectSize(const QWidget& widget)
    {
        const QSize needed = least(widget);
        if (widget.width() < needed.width())
            say(widget, QStringLiteral("is %1 wide and needs %2").arg(widget.width()).arg(needed.width()));
        if (widget.height() < needed.height())
            say(widget, QStringLiteral("is %1 high and needs %2").arg(widget.height()).arg(needed.height()));
    }

    void inspectPlace(const QWidget& widget)
    {
        if (const auto* holds = qobject_cast<const QScrollArea*>(&widget);
            holds && holds->horizontalScrollBar()->isVisible())
            say(widget, QStringLiteral("has to be scrolled sideways, by %1")
                            .arg(holds->horizontalScrollBar()->maximum()));
        const QScrollArea* area = scrolling(widget);
        QRect room = widget.parentWidget()->rect();
        QRect taken = widget.geometry();
        if (area) {
            taken.moveTopLeft({});
            if (area->verticalScrollBarPolicy() != Qt::ScrollBarAlwaysOff)
                taken.setHeight(0);
            if (area->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff)
                taken.setWidth(0);
        }
        if (taken.isValid() && !room.contains(taken))
            say(widget, QStringLiteral("is at %1,%2 %3x%4 in %5x%6")
                            .arg(taken.x())
                            .arg(taken.y())
                            .arg(taken.width())
                            .arg(taken.height())
                            .arg(room.width())
                            .arg(room.height()));
    }

    void inspectText(const QWidget& widget)
    {
        const auto* text = qobject_cast<const ui::Text*>(&widget);
        const auto* choice = qobject_cast<const ui::ChoiceBox*>(&widget);
        const bool isCut =
            (text && text->isCut()) || (choice && choice->width() < choice->sizeHint().width());
        if (!isCut)
            return;
        const auto* panel = qobject_cast<const ui::Panel*>(widget.parentWidget());
        constexpr int gap = 24; // no more than that lies between things that stand close
        if (text && panel && text->text() == panel->title())
            say(widget, QStringLiteral("is a heading that is cut: “%1”").arg(text->text()));
        else if (const int room = roomBeside(widget); room > gap)
            say(widget, QStringLiteral("is cut, with %1 free beside it").arg(room));
    }

    void inspectRows(const QListView& list)
    {
        for (int row = 0; row < list.model()->rowCount(list.rootIndex()); ++row) {
            const QModelIndex index = list.model()->index(row, list.modelColumn(), list.rootIndex());
            const int height = list.visualRect(index).height();
            if (height < list.sizeHintForIndex(index).height())
                say(list, QStringLiteral("has a row of %1 that needs %2")
                              .arg(height)
                              .arg(list.sizeHintForIndex(index).height()));
        }
    }

    /// Qt Charts cuts what it has no room for.
    void inspectLabels(const QGraphicsView& graphics)
    {
        const QList<QGraphicsItem*> items = graphics.scene()->items();
        for (const QGraphicsItem* item : items) {
            const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
            if (text && text->isVisible() && text->toPlainText().endsWith(QLatin1String("...")))
                say(graphics, QStringLiteral("has a label that is cut: “%1”").arg(text->toPlainText()));
        }
    }

    void say(const QWidget& widget, const QString& what)
    {
        const QStringList path = placeOf(widget).split(u'/');
        m_found.append(path.mid(path.size() - 3).join(u'/') + u' ' + what);
    }

    QWidget& m_window;
    QStringList m_found;
};

} // namespace

QStringList misplaced(QWidget& window)
{
    return Inspector(window).inspect();
}

} // namespace prism::test
