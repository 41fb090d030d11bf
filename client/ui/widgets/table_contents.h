#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

class QMenu;
class QTableView;

namespace prism::ui {

/// What a person sees of a table, taken out of it: the columns that are shown, from left to right, under
/// their headings. Borrows the table.
class TableContents
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::TableContents)

public:
    /// What a file gets of a cell whose text is for reading only, such as a time. Without a value: its text.
    static constexpr int fileRole = 0x0200;

    explicit TableContents(QTableView& table)
        : m_table(table)
    {
    }

    /// Puts the selected rows on the clipboard, cells parted by tabs; leaves it alone when none is selected.
    void copySelection() const;

    /// All rows, as CSV.
    QByteArray toCsv() const;

    /// Asks for a file, named like `fileName`, and writes all rows to it. The path of one that could not be
    /// written; empty when it was, or when it was thought better of.
    QString saveAsCsv(const QString& title, const QString& fileName) const;

    /// One action for each column, which shows and hides it; the last one stays.
    void addColumnActions(QMenu& menu) const;

    /// Lets columns be moved, and chosen at their headings.
    void offerColumns() const;

private:
    QList<int> columns() const;

    QTableView& m_table;
};

} // namespace prism::ui
