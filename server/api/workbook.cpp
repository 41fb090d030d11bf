#include "server/api/workbook.h"

#include <QFile>
#include <QTemporaryDir>

#include <xlsxwriter.h>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr double columnWidth = 32;
constexpr int longestText = 32'767; ///< characters of a cell

Failure notWritten(const QString& why)
{
    return Failure(Error{ErrorCode::Internal, QStringLiteral("The workbook was not written: %1").arg(why)});
}

QByteArray cellText(const QString& text)
{
    return text.left(longestText).toUtf8();
}

void writeRow(lxw_worksheet* sheet, lxw_row_t at, const analytics::SheetRow& row)
{
    worksheet_write_string(sheet, at, 0, cellText(row.metric).constData(), nullptr);
    if (const auto* number = std::get_if<double>(&row.value))
        worksheet_write_number(sheet, at, 1, *number, nullptr);
    else if (const auto* text = std::get_if<QString>(&row.value))
        worksheet_write_string(sheet, at, 1, cellText(*text).constData(), nullptr);
    worksheet_write_string(sheet, at, 2, cellText(row.category).constData(), nullptr);
}

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
    lxw_col_t column = 0;
    for (const char* title : {"Metric", "Value", "Category"})
        worksheet_write_string(sheet, 0, column++, title, heading);
    lxw_row_t at = 1;
    for (const analytics::SheetRow& row : rows)
        writeRow(sheet, at++, row);
    const lxw_error problem = workbook_close(book);
    if (problem != LXW_NO_ERROR)
        return notWritten(QString::fromUtf8(lxw_strerror(problem)));
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return notWritten(file.errorString());
    return file.readAll();
}

} // namespace prism::api
