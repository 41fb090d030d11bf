#include "client/ui/widgets/table_contents.h"

#include "client/ui/widgets/foreign_text.h"
#include "shared/protocol/csv_writer.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QSaveFile>
#include <QTableView>

#include <algorithm>

namespace prism::ui {

namespace {

QStringList headings(const QTableView& table, const QList<int>& columns)
{
    QStringList texts;
    for (const int column : columns)
        texts.append(table.model()->headerData(column, Qt::Horizontal).toString());
    return texts;
}

} // namespace

QList<int> TableContents::columns() const
{
    const QHeaderView* header = m_table.horizontalHeader();
    QList<int> shown;
    for (int place = 0; place < header->count(); ++place) {
        if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
            shown.append(column);
    }
    return shown;
}

void TableContents::copySelection() const
{
    QModelIndexList rows = m_table.selectionModel()->selectedRows();
    if (rows.isEmpty())
        return;
    std::ranges::sort(rows, {}, &QModelIndex::row);
    const QList<int> shown = columns();
    QString text = headings(m_table, shown).join(u'\t') + u'\n';
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList cells;
        for (const int column : shown)
            cells.append(withoutIsolation(row.siblingAtColumn(column).data().toString()));
        text += cells.join(u'\t') + u'\n';
    }
    QApplication::clipboard()->setText(text);
}

QByteArray TableContents::toCsv() const
{
    const QList<int> shown = columns();
    const QAbstractItemModel& model = *m_table.model();
    protocol::CsvWriter csv;
    csv.addTexts(headings(m_table, shown));
    csv.endLine();
    for (int row = 0; row < model.rowCount(); ++row) {
        for (const int column : shown) {
            const QModelIndex cell = model.index(row, column);
            const QVariant forFile = cell.data(fileRole);
            csv.addText(withoutIsolation((forFile.isValid() ? forFile : cell.data()).toString()));
        }
        csv.endLine();
    }
    return csv.bytes();
}

QString TableContents::saveAsCsv(const QString& title, const QString& fileName) const
{
    const QString path = QFileDialog::getSaveFileName(&m_table, title, fileName, tr("CSV (*.csv)"));
    if (path.isEmpty())
        return {};
    QSaveFile file(path);
    const bool saved = file.open(QIODevice::WriteOnly) &&
                       file.write(protocol::CsvWriter::byteOrderMark() + toCsv()) >= 0 && file.commit();
    return saved ? QString() : path;
}

void TableContents::addColumnActions(QMenu& menu) const
{
    QHeaderView* header = m_table.horizontalHeader();
    const qsizetype shown = columns().size();
    for (int column = 0; column < header->count(); ++column) {
        QAction* action = menu.addAction(m_table.model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(shown > 1 || header->isSectionHidden(column));
        QObject::connect(action, &QAction::toggled, header,
                         [header, column](bool visible) { header->setSectionHidden(column, !visible); });
    }
}

void TableContents::offerColumns() const
{
    QHeaderView* header = m_table.horizontalHeader();
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(header, &QWidget::customContextMenuRequested, &m_table,
                     [table = &m_table, header](const QPoint& position) {
                         QMenu menu(table);
                         TableContents(*table).addColumnActions(menu);
                         menu.exec(header->mapToGlobal(position));
                     });
}

} // namespace prism::ui
