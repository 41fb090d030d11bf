#pragma once

#include "server/analytics/window.h"

namespace prism::analytics {

inline constexpr std::chrono::minutes quarterOfAnHour{15};

/// The quarter of an hour of UTC that a moment lies in; its start.
Timestamp quarterOf(Timestamp t);

/// Finds the calendar days of one zone that moments lie in. Remembers the last, since neighbours mostly lie
/// in the same and asking the zone is slow. A plain value, for one thread.
class Calendar
{
public:
    explicit Calendar(const QTimeZone& zone)
        : m_zone(zone)
    {
    }

    /// From the start of the day that holds `t` to the start of the next.
    Span dayOf(Timestamp t);

    /// As dayOf(), of the whole quarter of an hour that `t` lies in: the day in which that starts.
    Span dayOfQuarter(Timestamp t) { return dayOf(quarterOf(t)); }

private:
    QTimeZone m_zone;
    Span m_last{};
};

} // namespace prism::analytics
