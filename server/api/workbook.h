#pragma once

#include "server/analytics/sheet.h"

namespace prism::api {

/// The rows as an Office Open XML workbook (.xlsx) with one sheet and a heading: numbers as numbers, texts as
/// texts, never as formulas. Internal when the temporary folder cannot be written to.
protocol::Result<QByteArray> toWorkbook(const QList<analytics::SheetRow>& rows);

} // namespace prism::api
