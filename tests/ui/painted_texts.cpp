#include "tests/ui/painted_texts.h"

#include "client/ui/widgets/whole_rows.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QHash>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPixmap>
#include <QPlainTextEdit>

#include <algorithm>
#include <cmath>

namespace prism::test {

QString placeOf(const QWidget& widget)
{
    QStringList path;
    for (const QObject* object = &widget; object; object = object->parent()) {
        const QString name = object->objectName();
        path.prepend(QString::fromLatin1(object->metaObject()->className()).section(u':', -1) +
                     (name.isEmpty() ? QString() : u'#' + name));
    }
    return path.join(u'/');
}

namespace {

/// Collects the texts of one window.
class Collector
{
public:
    explicit Collector(QWidget& window)
        : m_window(window)
    {
    }

    QList<PaintedText> collect()
    {
        if (const auto* menu = qobject_cast<QMenu*>(&m_window))
            addActions(*menu);
        const QList<QWidget*> widgets = m_window.findChildren<QWidget*>();
        for (QWidget* widget : widgets) {
            if (widget->isVisible() && widget->window() == &m_window)
                visit(*widget);
        }
        return m_found;
    }

private:
    void visit(QWidget& widget)
    {
        if (const auto* label = qobject_cast<QLabel*>(&widget))
            add(widget, label->text(), label->contentsRect());
        else if (const auto* button = qobject_cast<QAbstractButton*>(&widget))
            add(widget, button->text(), button->rect());
        else if (const auto* combo = qobject_cast<QComboBox*>(&widget); combo && !combo->isEditable())
            add(widget, combo->currentText(), combo->rect());
        else if (const auto* edit = qobject_cast<QLineEdit*>(&widget))
            add(widget, edit->text().isEmpty() ? edit->placeholderText() : edit->displayText(), edit->rect());
        else if (const auto* area = qobject_cast<QPlainTextEdit*>(&widget))
            add(*area->viewport(), area->toPlainText(), area->viewport()->rect());
        else if (auto* header = qobject_cast<QHeaderView*>(&widget))
            addSections(*header);
        else if (auto* view = qobject_cast<QAbstractItemView*>(&widget))
            addCells(*view);
        else if (auto* graphics = qobject_cast<QGraphicsView*>(&widget))
            addItems(*graphics);
    }

    void add(const QWidget& widget, const QString& text, const QRect& rect)
    {
        const QRect visible = rect.intersected(widget.visibleRegion().boundingRect());
        if (text.trimmed().isEmpty() || visible.width() < 8 || visible.height() < 8)
            return;
        m_found.append({placeOf(widget), text, visible.translated(widget.mapTo(&m_window, QPoint()))});
    }

    void addSections(QHeaderView& header)
    {
        if (!header.model() || header.orientation() != Qt::Horizontal)
            return;
        for (int i = 0; i < header.count(); ++i) {
            if (!header.isSectionHidden(i))
                add(*header.viewport(), header.model()->headerData(i, Qt::Horizontal).toString(),
                    {header.sectionViewportPosition(i), 0, header.sectionSize(i), header.height()});
        }
    }

    void addActions(const QMenu& menu)
    {
        const QList<QAction*> actions = menu.actions();
        for (QAction* action : actions)
            add(menu, action->text(), menu.actionGeometry(action));
    }

    void addCells(QAbstractItemView& view)
    {
        if (!view.model() || qobject_cast<QHeaderView*>(&view))
            return;
        const QRect painted = ui::wholeRows(view);
        for (int row = 0; row < view.model()->rowCount(view.rootIndex()); ++row) {
            for (int column = 0; column < view.model()->columnCount(view.rootIndex()); ++column) {
                const QModelIndex cell = view.model()->index(row, column, view.rootIndex());
                add(*view.viewport(), cell.data().toString(), view.visualRect(cell) & painted);
            }
        }
    }

    void addItems(QGraphicsView& view)
    {
        const QList<QGraphicsItem*> items = view.scene()->items();
        for (const QGraphicsItem* item : items) {
            QString text;
            if (const auto* rich = dynamic_cast<const QGraphicsTextItem*>(item))
                text = rich->toPlainText();
            else if (const auto* simple = dynamic_cast<const QGraphicsSimpleTextItem*>(item))
                text = simple->text();
            if (item->isVisible() && item->opacity() > 0)
                add(*view.viewport(), text, view.mapFromScene(item->sceneBoundingRect()).boundingRect());
        }
    }

    QWidget& m_window;
    QList<PaintedText> m_found;
};

double luminance(const QColor& colour)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

} // namespace

QList<PaintedText> paintedTexts(QWidget& window)
{
    return Collector(window).collect();
}

double contrast(const QColor& one, const QColor& other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QHash<QRgb, int> coloursIn(const QImage& picture, const QRect& pixels)
{
    QHash<QRgb, int> colours;
    for (int y = pixels.top(); y <= pixels.bottom(); ++y) {
        const auto* begin = reinterpret_cast<const QRgb*>(picture.constScanLine(y)) + pixels.left();
        const auto* const end = begin + pixels.width();
        while (begin != end) {
            const auto* const other =
                std::find_if(begin, end, [begin](QRgb colour) { return colour != *begin; });
            colours[*begin] += int(other - begin);
            begin = other;
        }
    }
    return colours;
}

namespace {

/// Of what differs most from the background in a part of a picture.
double contrastWithin(const QImage& picture, const QRect& rect)
{
    const double ratio = picture.devicePixelRatio();
    const QRect pixels = QRect(QPoint(int(rect.left() * ratio), int(rect.top() * ratio)),
                               QSize(int(rect.width() * ratio), int(rect.height() * ratio)))
                             .intersected(picture.rect());
    const QHash<QRgb, int> counts = coloursIn(picture, pixels);
    if (counts.isEmpty())
        return 1;
    const auto behind = std::max_element(counts.cbegin(), counts.cend());
    double most = 1;
    for (auto colour = counts.cbegin(); colour != counts.cend(); ++colour)
        most = std::max(most, contrast(QColor(colour.key()), QColor(behind.key())));
    return most;
}

} // namespace

QStringList unreadableTexts(QWidget& window, double least)
{
    const QImage picture = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QStringList unreadable;
    for (const PaintedText& text : paintedTexts(window)) {
        const double contrast = contrastWithin(picture, text.rect);
        if (contrast < least)
            unreadable.append(QStringLiteral("%1 “%2” %3 at %4,%5 %6x%7")
                                  .arg(text.place, text.text)
                                  .arg(contrast, 0, 'f', 2)
                                  .arg(text.rect.x())
                                  .arg(text.rect.y())
                                  .arg(text.rect.width())
                                  .arg(text.rect.height()));
    }
    return unreadable;
}

} // namespace prism::test
