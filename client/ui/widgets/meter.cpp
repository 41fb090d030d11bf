#include "client/ui/widgets/meter.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace prism::ui {

Meter::Meter(Form form, QWidget* parent)
    : QWidget(parent)
    , m_form(form)
{
    setFont(fontFor(TextRole::Body));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void Meter::display(const QString& name, const QString& value, std::optional<double> share)
{
    m_name = name;
    m_value = value;
    m_share = share;
    setAccessibleName(name);
    setAccessibleDescription(value);
    setToolTip(m_form == Form::Compact ? name.toHtmlEscaped() : QString());
    update();
}

QSize Meter::sizeHint() const
{
    const int line = fontMetrics().height();
    return {10, m_form == Form::Wide ? line + space::tiny + 6 : line + space::small};
}

QSize Meter::minimumSizeHint() const
{
    return sizeHint();
}

void Meter::drawTexts(QPainter& painter, const QRect& line, const Theme& theme) const
{
    QFont strong = fontFor(TextRole::Strong);
    const int valueWidth = QFontMetrics(strong).horizontalAdvance(m_value);
    const QString shown =
        fontMetrics().elidedText(m_name, Qt::ElideRight, line.width() - valueWidth - space::small);
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, shown);
    painter.setFont(strong);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_value);
}

void Meter::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont(this, TextRole::Body);
}

void Meter::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    const double share = std::clamp(m_share.value_or(0), 0.0, 1.0);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (m_form == Form::Compact) {
        const QRectF area = QRectF(rect()).adjusted(0, 1, 0, -1);
        painter.setBrush(theme.toneSurface(Tone::Info));
        painter.drawRoundedRect(
            QRectF(area.topLeft(), QSizeF(std::max(area.width() * share, 4.0), area.height())), 4, 4);
        drawTexts(painter, rect().adjusted(space::small, 0, -space::small, 0), theme);
        return;
    }
    const QRectF track(0, height() - 6, width(), 6);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(track, 3, 3);
    if (share > 0) {
        painter.setBrush(theme.fill(Tone::Info));
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(track.width() * share, 6.0), 6)), 3,
                                3);
    }
    drawTexts(painter, QRect(0, 0, width(), fontMetrics().height()), theme);
}

} // namespace prism::ui
