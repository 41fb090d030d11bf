#include "client/ui/charts/chart_table.h"

#include <QStringList>

#include <numeric>

namespace prism::ui {

namespace {

QString quoted(QString cell)
{
    bool isNumber = false;
    cell.toDouble(&isNumber);
    if (!isNumber && !cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) ||
        cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r')))
        return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return cell;
}

} // namespace

QByteArray ChartTable::toCsv() const
{
    QStringList names;
    for (const Column& column : columns)
        names.append(quoted(column.field));
    QString text = names.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    for (const QList<Cell>& row : rows) {
        QStringList cells;
        for (const Cell& cell : row)
            cells.append(quoted(cell.raw));
        text += cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return text.toUtf8();
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
