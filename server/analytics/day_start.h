#pragma once

#include "shared/protocol/timestamp.h"

#include <QDate>
#include <QTimeZone>

namespace prism::analytics {

/// The first moment of a calendar day of the zone: midnight, the first of two where the clock is put back
/// over it, and the end of the gap where it is put forward. A day that the zone left out (Samoa had no 30
/// December 2011) begins and ends where the next one begins.
protocol::Timestamp dayStart(QDate day, const QTimeZone& zone);

} // namespace prism::analytics
