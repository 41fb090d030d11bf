#pragma once

#include "server/log/entry.h"

namespace prism::log {

/// `text` in one line that no terminal takes for a command: control characters, line and paragraph ends,
/// marks that turn the direction of writing, and what is no text are written as \n, \r, \t, \x1b or \u202e.
QString printable(QStringView text);

/// The entry as one line, its end included, in UTF-8.
QByteArray toLine(const Entry& entry, Format format);

} // namespace prism::log
