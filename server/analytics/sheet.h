#pragma once

#include "shared/protocol/dashboard.h"

#include <QVariant>

namespace prism::analytics {

/// One line of an export: a text, a number or nothing, and what it belongs to.
struct SheetRow
{
    QString metric;
    QVariant value; ///< a double, a QString, or invalid for nothing
    QString category;
};

/// What a dashboard shows, line by line: its numbers by family, those of the period before, the top
/// violations, and the violations of each bucket.
QList<SheetRow> sheetOf(const protocol::Dashboard& dashboard);

/// As CSV, every cell quoted, with a heading.
QByteArray toCsv(const QList<SheetRow>& rows);

} // namespace prism::analytics
