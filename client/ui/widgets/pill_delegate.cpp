#include "client/ui/widgets/pill_delegate.h"

#include "client/model/activity_model.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPainter>

namespace prism::ui {

namespace {

Tone toneOfStatus(model::ActivityStatus status)
{
    switch (status) {
    case model::ActivityStatus::Pass:
        return Tone::Good;
    case model::ActivityStatus::Warning:
        return Tone::Caution;
    case model::ActivityStatus::Blocked:
        return Tone::Bad;
    case model::ActivityStatus::Info:
        break;
    }
    return Tone::Info;
}

Tone toneOfRow(const QModelIndex& index)
{
    const QVariant severity = index.data(model::ActivityModel::SeverityRole);
    return severity.isValid()
               ? toneOf(severity.value<protocol::AlertSeverity>())
               : toneOfStatus(index.data(model::ActivityModel::StatusRole).value<model::ActivityStatus>());
}

QFont pillFont()
{
    QFont font = fontFor(TextRole::Caption);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Tone toneOf(protocol::AlertSeverity severity)
{
    switch (severity) {
    case protocol::AlertSeverity::High:
        return Tone::Bad;
    case protocol::AlertSeverity::Medium:
        return Tone::Caution;
    case protocol::AlertSeverity::Low:
        break;
    }
    return Tone::Info;
}

QSize pillSize(const QString& text)
{
    const QFontMetrics metrics(pillFont());
    return {metrics.horizontalAdvance(text) + 2 * space::small, metrics.height() + space::tiny};
}

void drawPill(QPainter& painter, const QRect& area, const QString& text, Tone tone, const Theme& theme)
{
    const QSize size = pillSize(text).boundedTo(area.size());
    const QRect pill(area.left(), area.top() + (area.height() - size.height()) / 2, size.width(),
                     size.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.toneSurface(tone));
    painter.drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
    painter.setFont(pillFont());
    painter.setPen(theme.tone(tone));
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.restore();
}

void PillDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    drawPill(*painter, option.rect.adjusted(space::tiny, 0, -space::tiny, 0), index.data().toString(),
             toneOfRow(index), Theme::of(option.widget));
}

QSize PillDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return pillSize(index.data().toString()) + QSize(2 * space::tiny, 0);
}

} // namespace prism::ui
