#pragma once

#include <QStringView>

#include <optional>

namespace prism::reports {

/// A number as programs print it for a reader in one country or another: "1234.5", "1,234.5", "1.234,5" and
/// "0,5". What separates thousands stands between groups of three digits; a mark that could be either is
/// taken for that, a single point for a decimal one.
std::optional<double> decimalNumber(QStringView text);

} // namespace prism::reports
