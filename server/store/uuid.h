#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace prism::store {

/// A UUID version 7 (RFC 9562, sections 5.7 and 6.2, method 3): 48 bits of milliseconds, 12 bits of their
/// fraction, then 62 random bits. Ids made a microsecond apart sort in that order, so a table keyed by them
/// grows at its end.
QString makeUuidV7(std::chrono::system_clock::time_point instant = std::chrono::system_clock::now());

/// The 16 bytes of a UUID written in hexadecimal, with or without its hyphens; empty for any other text. They
/// sort as their texts do.
QByteArray uuidBytes(QStringView text);

} // namespace prism::store
