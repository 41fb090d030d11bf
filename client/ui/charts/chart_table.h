#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace prism::ui {

/// What a chart shows as a table: in words for people, raw for programs.
struct ChartTable
{
    struct Column
    {
        QString heading; ///< for people
        QString field;   ///< in files, the same in every language
    };

    struct Cell
    {
        QString shown; ///< as a person reads it
        QString raw;   ///< a number with a point, a time in ISO 8601; empty for nothing
    };

    QList<Column> columns;
    QList<QList<Cell>> rows;

    /// RFC 4180 in UTF-8, with the names of the fields first. Cells that a spreadsheet would take for a
    /// formula are made harmless.
    QByteArray toCsv() const;

    /// The headings and these rows as they are shown, tabs between cells: what spreadsheets paste.
    QString toText(const QList<int>& chosen) const;
    /// The same of every row.
    QString toText() const;
};

} // namespace prism::ui
