#include "server/api/workbook.h"

#include "server/api/cell_text.h"

#include <QFile>
#include <QTemporaryDir>

#include <cmath>
#include <xlsxwriter.h>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr double columnWidth = 32;
Failure notWritten(const QString& why)
{
    return Failure(Error{ErrorCode::Internal, QStringLiteral("The workbook was not written: %1").arg(why)});
}

/// A spreadsheet knows no number beyond this, and refuses a file that has one.
bool isShown(double number)
{
    constexpr double largest = 9.99e307;
    return std::isfinite(number) && std::abs(number) <= largest;
}

/// Writes cells, and keeps the first problem.
class SheetWriter
{
public:
    explicit SheetWriter(lxw_worksheet* sheet)
        : m_sheet(sheet)
    {
    }

    void write(lxw_row_t row, lxw_col_t column, const QString& text, lxw_format* format = nullptr)
    {
        note(worksheet_write_string(m_sheet, row, column, cellText(text).toUtf8().constData(), format));
    }

    void write(lxw_row_t row, const analytics::SheetRow& content)
    {
        write(row, 0, content.metric);
        if (const auto* text = std::get_if<QString>(&content.value))
            write(row, 1, *text);
        else if (const auto* number = std::get_if<double>(&content.value); number && isShown(*number))
            note(worksheet_write_number(m_sheet, row, 1, *number, nullptr));
        write(row, 2, content.category);
    }

    lxw_error problem() const { return m_problem; }

private:
    void note(lxw_error problem)
    {
        if (m_problem == LXW_NO_ERROR)
            m_problem = problem;
    }

    lxw_worksheet* m_sheet;
    lxw_error m_problem = LXW_NO_ERROR;
};

} // namespace

Result<QByteArray> toWorkbook(const QList<analytics::SheetRow>& rows)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return notWritten(folder.errorString());
    const QString name = folder.filePath(QStringLiteral("export.xlsx"));
    QByteArray scratch = QFile::encodeName(folder.path());
    lxw_workbook_options options{};
    options.tmpdir = scratch.data();
    lxw_workbook* book = workbook_new_opt(QFile::encodeName(name).constData(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(book, "Analytics");
    lxw_format* heading = workbook_add_format(book);
    format_set_bold(heading);
    worksheet_set_column(sheet, 0, 2, columnWidth, nullptr);
    worksheet_freeze_panes(sheet, 1, 0);
    SheetWriter cells(sheet);
    lxw_col_t column = 0;
    for (const char* title : {"Metric", "Value", "Category"})
        cells.write(0, column++, QString::fromLatin1(title), heading);
    lxw_row_t at = 1;
    for (const analytics::SheetRow& row : rows)
        cells.write(at++, row);
    const lxw_error closed = workbook_close(book);
    for (const lxw_error problem : {cells.problem(), closed}) {
        if (problem != LXW_NO_ERROR)
            return notWritten(QString::fromUtf8(lxw_strerror(problem)));
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return notWritten(file.errorString());
    return file.readAll();
}

} // namespace prism::api
