#include "client/ui/charts/chart_overlay.h"

#include "client/ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace prism::ui {

ChartOverlay::ChartOverlay(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    parent->installEventFilter(this);
    setGeometry(parent->rect());
}

void ChartOverlay::setPlotArea(const QRectF& area)
{
    if (m_plotArea == area)
        return;
    m_plotArea = area;
    update();
}

void ChartOverlay::setReading(const std::optional<Reading>& reading)
{
    if (m_reading == reading)
        return;
    m_reading = reading;
    update();
}

void ChartOverlay::setDragged(const std::optional<QRectF>& area)
{
    if (m_dragged == area)
        return;
    m_dragged = area;
    update();
}

bool ChartOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && watched == parent())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void ChartOverlay::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_dragged) {
        QColor fill = theme.accent;
        fill.setAlphaF(0.15F);
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(fill);
        painter.drawRect(*m_dragged);
    }
    if (!m_reading)
        return;
    painter.setPen(QPen(theme.mutedText, 1, Qt::DashLine));
    const QPointF at = m_reading->at;
    painter.drawLine(QPointF(at.x(), m_plotArea.top()), QPointF(at.x(), m_plotArea.bottom()));
    painter.drawLine(QPointF(m_plotArea.left(), at.y()), QPointF(m_plotArea.right(), at.y()));
    painter.setPen(QPen(theme.surface, 2));
    painter.setBrush(theme.text);
    painter.drawEllipse(at, 4.5, 4.5);
    paintLabel(painter);
}

void ChartOverlay::paintLabel(QPainter& painter) const
{
    const Theme theme = Theme::of(this);
    const QFontMetrics heading(fontFor(TextRole::Caption));
    const QFontMetrics body(fontFor(TextRole::Strong));
    int width = 0;
    for (qsizetype i = 0; i < m_reading->lines.size(); ++i)
        width = std::max(width, (i == 0 ? heading : body).horizontalAdvance(m_reading->lines[i]));
    const QSize size(width + 2 * space::small, heading.height() +
                                                   int(m_reading->lines.size() - 1) * body.height() +
                                                   2 * space::tiny + 2);

    // Beside the point, on the side where there is room.
    const QPointF at = m_reading->at;
    const bool left = at.x() + space::medium + size.width() > rect().right();
    double x = left ? at.x() - space::medium - size.width() : at.x() + space::medium;
    x = std::clamp(x, 0.0, std::max(0.0, double(rect().width() - size.width())));
    const double y = std::clamp(at.y() - size.height() - space::small, 0.0,
                                std::max(0.0, double(rect().height() - size.height())));
    const QRectF box(QPointF(x, y), size);
    painter.setPen(theme.outline);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box, 6, 6);
    QRectF line = box.adjusted(space::small, space::tiny + 1, -space::small, 0);
    for (qsizetype i = 0; i < m_reading->lines.size(); ++i) {
        painter.setFont(fontFor(i == 0 ? TextRole::Caption : TextRole::Strong));
        painter.setPen(i == 0 ? theme.mutedText : theme.text);
        line.setHeight((i == 0 ? heading : body).height());
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_reading->lines[i]);
        line.moveTop(line.bottom());
    }
}

} // namespace prism::ui
