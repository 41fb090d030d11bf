#pragma once

#include "shared/protocol/violation.h"

namespace prism::analytics {

/// The message with each of its numbers replaced by '#', so that "12 lines, 3.5 s" and "7 lines, 10 s" are
/// the same. A word that begins with a digit is a number, such as 0x7f or 10ms, and one that does not is
/// none, such as utf8.
QString withoutNumbers(QStringView message);

/// By what a finding is known again in another check of its project: 32 bytes, equal for violations of one
/// principle that have the same fingerprint of the tool's, or, where it gave none, the same file and the same
/// message but for its numbers.
QByteArray findingKey(const QString& project, const protocol::Violation& violation);

} // namespace prism::analytics
