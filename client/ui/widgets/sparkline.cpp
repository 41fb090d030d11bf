#include "client/ui/widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace prism::ui {

Sparkline::Sparkline(QWidget* parent)
    : QWidget(parent)
{
    // The chart of the same numbers is told in words; this one would only repeat it.
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(24);
}

void Sparkline::display(const QList<std::optional<double>>& values, Tone tone)
{
    m_values = values;
    setMaximumWidth(4 * sizeHint().height());
    m_tone = tone;
    setVisible(std::ranges::count_if(values, [](const auto& value) { return value.has_value(); }) > 1);
    update();
}

QSize Sparkline::sizeHint() const
{
    const int height = QFontMetrics(fontFor(TextRole::Figure)).height();
    return {24, height};
}

void Sparkline::paintEvent(QPaintEvent*)
{
    if (m_values.size() < 2)
        return;
    double top = 0;
    for (const std::optional<double>& value : m_values)
        top = std::max(top, value.value_or(0));
    const QRectF area = QRectF(rect()).adjusted(2, 3, -4, -3);
    const auto pointAt = [&](qsizetype i) {
        const double share = top > 0 ? *m_values[i] / top : 0;
        return QPointF(area.left() + area.width() * double(i) / double(m_values.size() - 1),
                       area.bottom() - area.height() * share);
    };

    QPainterPath line;
    bool drawing = false;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (!m_values[i]) {
            drawing = false;
            continue;
        }
        const QPointF point = pointAt(i);
        if (drawing)
            line.lineTo(point);
        else
            line.moveTo(point);
        drawing = true;
    }
    const QColor colour = Theme::of(this).tone(m_tone);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    if (drawing) {
        painter.setBrush(colour);
        painter.drawEllipse(line.currentPosition(), 2, 2);
    }
}

} // namespace prism::ui
