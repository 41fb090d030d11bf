#include "client/ui/widgets/legend.h"

#include "client/ui/widgets/format.h"

#include <QEvent>
#include <QPainter>

namespace prism::ui {

namespace {

constexpr int markWidth = 16;

void drawMark(QPainter& painter, const QRectF& area, const LegendItem& item, const Theme& theme)
{
    const QColor colour = theme.tone(item.tone);
    const QPointF middle = area.center();
    painter.setBrush(Qt::NoBrush);
    switch (item.mark) {
    case LegendItem::Mark::Line:
    case LegendItem::Mark::DashedLine:
        painter.setPen(QPen(colour, 2, item.mark == LegendItem::Mark::Line ? Qt::SolidLine : Qt::DotLine));
        painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()));
        break;
    case LegendItem::Mark::HollowPoint:
        painter.setPen(QPen(colour, 1.8));
        painter.drawEllipse(middle, 3.5, 3.5);
        break;
    case LegendItem::Mark::Diamond:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.fill(item.tone));
        painter.drawPolygon(QPolygonF({{middle.x(), middle.y() - 5},
                                       {middle.x() + 5, middle.y()},
                                       {middle.x(), middle.y() + 5},
                                       {middle.x() - 5, middle.y()}}));
        break;
    case LegendItem::Mark::Band: {
        QColor faint = colour;
        faint.setAlphaF(0.2F);
        painter.fillRect(QRectF(area.left(), middle.y() - 5, area.width(), 10), faint);
        painter.setPen(QPen(colour, 2, Qt::DotLine, Qt::RoundCap));
        painter.drawLine(QPointF(area.left() + 1, middle.y()), QPointF(area.right() - 1, middle.y()));
        break;
    }
    case LegendItem::Mark::Square:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.fill(item.tone));
        painter.drawRoundedRect(QRectF(middle.x() - 4.5, middle.y() - 4.5, 9, 9), 2, 2);
        break;
    }
}

} // namespace

Legend::Legend(QWidget* parent)
    : QWidget(parent)
{
    setFont(fontFor(TextRole::Caption));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void Legend::setItems(const QList<LegendItem>& items)
{
    if (m_items == items)
        return;
    m_items = items;
    QStringList texts;
    for (const LegendItem& item : items)
        texts.append(item.text);
    setAccessibleName(Format::list(texts));
    updateGeometry();
    update();
}

QSize Legend::sizeHint() const
{
    return {10, fontMetrics().height() + space::tiny};
}

QSize Legend::minimumSizeHint() const
{
    return sizeHint();
}

void Legend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont(this, TextRole::Caption);
}

/// Of all items in a line.
int Legend::length(int mark, int gap) const
{
    int length = -gap;
    for (const LegendItem& item : m_items)
        length += mark + space::tiny + fontMetrics().horizontalAdvance(item.text) + gap;
    return length;
}

void Legend::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isTight = length(markWidth, space::large) > width();
    const int mark = isTight ? markWidth * 2 / 3 : markWidth;
    const int gap = isTight ? space::small : space::large;
    int x = 0;
    for (const LegendItem& item : std::as_const(m_items)) {
        const int textWidth = fontMetrics().horizontalAdvance(item.text);
        if (x + mark + space::tiny + textWidth > width())
            break;
        drawMark(painter, QRectF(x, 0, mark, height()), item, theme);
        x += mark + space::tiny;
        painter.setPen(theme.mutedText);
        painter.drawText(QRect(x, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, item.text);
        x += textWidth + gap;
    }
}

} // namespace prism::ui
