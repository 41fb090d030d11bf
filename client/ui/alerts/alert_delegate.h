#pragma once

#include <QStyledItemDelegate>

namespace prism::ui {

/// An alert: in a line how grave, of what kind or acknowledged by whom, and when; below it what, in as many
/// lines as that takes. Reads the roles of AlertTexts.
class AlertDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace prism::ui
