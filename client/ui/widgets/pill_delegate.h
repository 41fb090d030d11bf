#pragma once

#include "client/ui/theme/theme.h"
#include "shared/protocol/alert.h"

#include <QStyledItemDelegate>

namespace prism::ui {

/// Draws a word in a rounded, tinted field of its colour.
void drawPill(QPainter& painter, const QRect& area, const QString& text, Tone tone, const Theme& theme);

/// The room a word takes in such a field.
QSize pillSize(const QString& text);

Tone toneOf(protocol::AlertSeverity severity);

/// The status column of the activity: a pill in the colour of the status, or of how grave an alert is.
class PillDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace prism::ui
