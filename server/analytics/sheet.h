#pragma once

#include "shared/protocol/dashboard.h"

#include <variant>

namespace prism::analytics {

/// One line of an export: a number, a text or nothing, and what it belongs to.
struct SheetRow
{
    QString metric;
    std::variant<std::monostate, double, QString> value;
    QString category;
};

/// What a dashboard shows, line by line: its numbers by family, those of the period before, the top
/// violations, and the violations of each bucket.
QList<SheetRow> sheetOf(const protocol::Dashboard& dashboard);

/// As CSV, every cell quoted, with a heading.
QByteArray toCsv(const QList<SheetRow>& rows);

} // namespace prism::analytics
