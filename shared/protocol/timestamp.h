#pragma once

#include <QDateTime>
#include <QString>

#include <tl/expected.hpp>

#include <chrono>
#include <optional>

namespace prism::protocol {

/// A moment in UTC, to the millisecond.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

Timestamp now();

/// Timestamps further ahead of the server's clock than this are refused.
inline constexpr std::chrono::minutes farthestAhead{5};

/// Milliseconds since 1970-01-01T00:00:00Z, as stored in the database.
qint64 toMillis(Timestamp t);
Timestamp fromMillis(qint64 ms);

/// The same moment as Qt has it, in UTC.
QDateTime toDateTime(Timestamp t);

/// ISO 8601 with milliseconds and Z, e.g. 2026-02-07T22:30:00.000Z.
QString toIso(Timestamp t);
QByteArray toIsoUtf8(Timestamp t);

/// Reads ISO 8601 with a date, a time and a zone: "2026-02-07T22:30:00.000Z", with an offset, a comma, a
/// space or small letters where the standards (ISO 8601, RFC 3339) have them, without seconds, and 24:00 for
/// the end of a day. What is finer than a millisecond is cut off, so that no time moves into the next second.
/// A leap second (23:59:60 UTC at the end of a month) is the last millisecond of its day. Nothing else is
/// accepted: a time without a zone would mean something different on every machine. Years 1970 to 9999. The
/// error says what is wrong, as "has no zone …".
tl::expected<Timestamp, QString> readIso(QStringView text);

/// The same without the reason.
std::optional<Timestamp> fromIso(QStringView text);

} // namespace prism::protocol
