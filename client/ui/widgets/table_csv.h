#pragma once

#include <QByteArray>
#include <QStringList>

namespace prism::ui {

/// One line of CSV (RFC 4180) with its end, every cell quoted. A cell that a spreadsheet would take for a
/// formula (= + - @, tab, carriage return) has an apostrophe put before it.
QByteArray csvLine(const QStringList& cells);

} // namespace prism::ui
