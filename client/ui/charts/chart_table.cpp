#include "client/ui/charts/chart_table.h"

#include "shared/protocol/csv_writer.h"

#include <QStringList>

#include <numeric>

namespace prism::ui {

QByteArray ChartTable::toCsv() const
{
    protocol::CsvWriter csv(protocol::CsvWriter::Quotes::WhereNeeded);
    for (const Column& column : columns)
        csv.addText(column.field);
    csv.endLine();
    for (const QList<Cell>& row : rows) {
        for (const Cell& cell : row) {
            bool isNumber = false;
            cell.raw.toDouble(&isNumber);
            if (isNumber)
                csv.addNumber(cell.raw);
            else
                csv.addText(cell.raw);
        }
        csv.endLine();
    }
    return csv.bytes();
}

QString ChartTable::toText(const QList<int>& chosen) const
{
    QStringList headings;
    for (const Column& column : columns)
        headings.append(column.heading);
    QStringList lines{headings.join(QLatin1Char('\t'))};
    for (const int row : chosen) {
        QStringList cells;
        for (const Cell& cell : rows[row])
            cells.append(cell.shown);
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString ChartTable::toText() const
{
    QList<int> all(rows.size());
    std::iota(all.begin(), all.end(), 0);
    return toText(all);
}

} // namespace prism::ui
