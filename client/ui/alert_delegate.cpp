#include "client/ui/alert_delegate.h"

#include "client/model/alerts_model.h"
#include "client/ui/format.h"
#include "client/ui/pill_delegate.h"

#include <QApplication>
#include <QDateTime>
#include <QPainter>

namespace prism::ui {

using model::AlertSeverity;
using model::AlertsModel;

namespace {

QString textOf(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::High:
        return AlertDelegate::tr("HIGH", "severity of an alert");
    case AlertSeverity::Medium:
        return AlertDelegate::tr("MEDIUM", "severity of an alert");
    case AlertSeverity::Low:
        break;
    }
    return AlertDelegate::tr("LOW", "severity of an alert");
}

Tone toneOf(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::High:
        return Tone::Bad;
    case AlertSeverity::Medium:
        return Tone::Caution;
    case AlertSeverity::Low:
        break;
    }
    return Tone::Info;
}

} // namespace

void AlertDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const Theme theme = Theme::of(option.widget);
    const auto severity = index.data(AlertsModel::SeverityRole).value<AlertSeverity>();
    const QRect area = option.rect.adjusted(space::tiny, space::tiny, -space::tiny, -space::tiny);
    const QRect top(area.left(), area.top(), area.width(), pillSize(textOf(severity)).height());
    const QRect bottom(area.left(), top.bottom() + 1, area.width(), area.bottom() - top.bottom());
    drawPill(*painter, top, textOf(severity), toneOf(severity), theme);
    painter->save();
    painter->setFont(fontFor(TextRole::Caption));
    painter->setPen(theme.mutedText);
    painter->drawText(
        top, Qt::AlignRight | Qt::AlignVCenter,
        Format(option.locale)
            .moment(index.data(AlertsModel::TimeRole).toDateTime(), QDateTime::currentDateTime()));
    painter->setFont(fontFor(TextRole::Body));
    painter->setPen(theme.text);
    painter->drawText(
        bottom, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(fontFor(TextRole::Body))
            .elidedText(index.data(AlertsModel::MessageRole).toString(), Qt::ElideRight, bottom.width()));
    painter->restore();
}

QSize AlertDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {100, pillSize({}).height() + QFontMetrics(fontFor(TextRole::Body)).height() + 3 * space::tiny};
}

} // namespace prism::ui
