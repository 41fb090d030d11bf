#pragma once

#include <QString>

namespace prism::api {

/// A text as a cell of a workbook can hold it, so that the file opens whatever the text is: what XML forbids
/// (control characters, U+FFFE, U+FFFF, half a surrogate pair) becomes U+FFFD, line ends become "\n", what a
/// spreadsheet would read as an escaped character ("_x0041_") is escaped itself, and the text ends after
/// 32,767 UTF-16 units, between two characters.
QString cellText(QStringView text);

} // namespace prism::api
