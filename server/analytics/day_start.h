#pragma once

#include "shared/protocol/timestamp.h"

#include <QDateTime>
#include <QTimeZone>

namespace prism::analytics {

inline constexpr int daysInAWeek = 7;

/// What the clocks of the zone show at that moment.
QDateTime localTime(protocol::Timestamp t, const QTimeZone& zone);

/// The first moment of a calendar day of the zone: midnight, the first of two where the clock is put back
/// over it, and the end of the gap where it is put forward. A day that the zone left out (Samoa had no 30
/// December 2011) begins and ends where the next one begins.
protocol::Timestamp dayStart(QDate day, const QTimeZone& zone);

} // namespace prism::analytics
