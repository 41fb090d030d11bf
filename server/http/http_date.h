#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace prism::http {

/// A moment as HTTP's fields have it, e.g. "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
QByteArray httpDate(std::chrono::sys_seconds moment);

/// Reads all three forms there are of it; nothing for what is none. A leap second is the second behind it.
std::optional<std::chrono::sys_seconds> fromHttpDate(const QByteArray& text);

} // namespace prism::http
