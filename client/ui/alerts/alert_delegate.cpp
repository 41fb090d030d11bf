#include "client/ui/alerts/alert_delegate.h"

#include "client/model/alerts_model.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/pill_delegate.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QDateTime>
#include <QPainter>

namespace prism::ui {

using model::AlertsModel;
using protocol::AlertSeverity;

namespace {

constexpr int wrapped = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;

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
    const bool open =
        index.data(AlertsModel::StateRole).value<protocol::AlertState>() == protocol::AlertState::Open;
    const QString severity = index.data(AlertTexts::SeverityTextRole).toString();
    const QString time =
        Format(option.locale)
            .moment(index.data(AlertsModel::TimeRole).toDateTime(), QDateTime::currentDateTime());
    const QString note = index.data(open ? AlertTexts::KindTextRole : AlertTexts::StateTextRole).toString();
    const QRect area = option.rect.adjusted(space::tiny, space::tiny, -space::tiny, -space::tiny);
    const QSize pill = pillSize(severity);
    const QRect top(area.left(), area.top(), area.width(), pill.height());
    const QRect bottom(area.left(), top.bottom() + 1, area.width(), area.bottom() - top.bottom());
    drawPill(*painter, top, severity,
             open ? toneOf(index.data(AlertsModel::SeverityRole).value<AlertSeverity>()) : Tone::Neutral,
             theme);

    painter->save();
    const QFontMetrics caption(fontFor(TextRole::Caption));
    painter->setFont(fontFor(TextRole::Caption));
    painter->setPen(theme.mutedText);
    painter->drawText(top, Qt::AlignRight | Qt::AlignVCenter, time);
    const QRect between =
        top.adjusted(pill.width() + space::small, 0, -caption.horizontalAdvance(time) - space::small, 0);
    painter->drawText(between, Qt::AlignLeft | Qt::AlignVCenter,
                      caption.elidedText(note, Qt::ElideRight, between.width()));
    painter->setFont(fontFor(TextRole::Body));
    painter->setPen(open ? theme.text : theme.mutedText);
    painter->drawText(bottom, wrapped, index.data(AlertsModel::MessageRole).toString());
    painter->restore();
}

QSize AlertDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* list = qobject_cast<const QAbstractScrollArea*>(option.widget);
    const int width = (list ? list->viewport()->width() : option.rect.width()) - 2 * space::tiny;
    const QString message = index.data(AlertsModel::MessageRole).toString();
    const QRect text = QFontMetrics(fontFor(TextRole::Body))
                           .boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), wrapped, message);
    return {1, pillSize({}).height() + text.height() + 3 * space::tiny};
}

} // namespace prism::ui
