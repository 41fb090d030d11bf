#pragma once

#include "client/ui/charts/chart_table.h"

#include <QDialog>

class QTableWidget;

namespace prism::ui {

/// The numbers of a chart at the moment it was asked for, to read and to copy. Ctrl+C copies the selected
/// rows, or all when none is selected.
class ChartTableDialog : public QDialog
{
    Q_OBJECT

public:
    ChartTableDialog(const QString& title, ChartTable table, QWidget* parent = nullptr);

    /// Puts them on the clipboard, under their headings.
    void copy() const;

private:
    const ChartTable m_table;
    QTableWidget* m_view;
};

} // namespace prism::ui
