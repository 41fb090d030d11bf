#pragma once

#include "server/analytics/window.h"

namespace prism::alerting {

using analytics::Span;
using protocol::Timestamp;

/// The hour that `t` lies in, by the clocks of the zone. An hour that they show twice is two.
Span hourOf(Timestamp t, const QTimeZone& zone);

/// The calendar day that `t` lies in.
Span dayOf(Timestamp t, const QTimeZone& zone);

/// The `count` hours before this one, the last first.
std::vector<Span> hoursBefore(const Span& hour, int count);

/// The same hour of the `count` days before, by the clocks of the zone, the last first.
std::vector<Span> sameHoursBefore(const Span& hour, int count, const QTimeZone& zone);

/// The `count` days before this one that are `step` days apart, the last first.
std::vector<Span> daysBefore(const Span& day, int count, int step, const QTimeZone& zone);

} // namespace prism::alerting
