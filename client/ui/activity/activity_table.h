#pragma once

#include "client/ui/widgets/whole_rows.h"

#include <QTableView>

namespace prism::ui {

/// A table to which rows are added at the top while somebody reads it: scrolled down it stays at the rows it
/// shows, at the top it shows the new ones.
class ActivityTable : public WithWholeRows<QTableView>
{
    Q_OBJECT

public:
    explicit ActivityTable(QWidget* parent = nullptr);

signals:
    /// Somebody wants the selected rows on the clipboard.
    void copyRequested();
    /// Somebody wants to read all that the current row's event said.
    void detailsRequested();

protected:
    void changeEvent(QEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyFonts();
};

} // namespace prism::ui
