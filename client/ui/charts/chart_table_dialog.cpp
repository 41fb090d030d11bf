#include "client/ui/charts/chart_table_dialog.h"

#include "client/ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace prism::ui {

ChartTableDialog::ChartTableDialog(const QString& title, ChartTable table, QWidget* parent)
    : QDialog(parent)
    , m_table(std::move(table))
    , m_view(new QTableWidget(int(m_table.rows.size()), int(m_table.columns.size())))
{
    setAttribute(Qt::WA_WindowPropagation); // the colours of the window, now and after another theme
    setWindowTitle(title);
    m_view->setObjectName(QStringLiteral("chart-table"));
    m_view->setAccessibleName(title);
    m_view->setAccessibleDescription(tr("The numbers of the chart"));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + space::small);
    for (int column = 0; column < m_view->columnCount(); ++column) {
        const Qt::Alignment side = column == 0 ? Qt::AlignLeft : Qt::AlignRight;
        auto* heading = new QTableWidgetItem(m_table.columns[column].heading);
        heading->setTextAlignment(Qt::AlignVCenter | side);
        m_view->setHorizontalHeaderItem(column, heading);
        for (int row = 0; row < m_view->rowCount(); ++row) {
            auto* item = new QTableWidgetItem(m_table.rows[row][column].shown);
            item->setTextAlignment(Qt::AlignVCenter | side);
            m_view->setItem(row, column, item);
        }
    }
    m_view->resizeColumnsToContents();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copyButton->setObjectName(QStringLiteral("copy"));
    copyButton->setAccessibleDescription(tr("Copies the selected rows, or all of them"));
    QPushButton* closeButton = buttons->button(QDialogButtonBox::Close);
    closeButton->setText(tr("Close"));
    closeButton->setAccessibleDescription(tr("Closes the table"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_view, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copyButton, &QPushButton::clicked, this, &ChartTableDialog::copy);
    auto* shortcut = new QShortcut(QKeySequence::Copy, this);
    connect(shortcut, &QShortcut::activated, this, &ChartTableDialog::copy);
    const int wide = m_view->horizontalHeader()->length() + 4 * space::large;
    resize(std::clamp(wide, 360, 900), 420);
}

void ChartTableDialog::copy() const
{
    QList<int> rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex& row : selected)
        rows.append(row.row());
    std::ranges::sort(rows);
    QApplication::clipboard()->setText(rows.isEmpty() ? m_table.toText() : m_table.toText(rows));
}

} // namespace prism::ui
