#pragma once

#include "server/analytics/window.h"

#include <array>

namespace prism::analytics {

inline constexpr std::chrono::minutes quarterOfAnHour{15};

/// An hour or day is closed so long after its end: what comes later is history, and raises no alert.
inline constexpr std::chrono::minutes closing{5};

/// The quarter of an hour of UTC that a moment lies in; its start.
Timestamp quarterOf(Timestamp t);

/// Finds the calendar days of one zone that moments lie in. Remembers the last few, since the same are asked
/// for again and again, and asking the zone is slow. A plain value, for one thread.
class Calendar
{
public:
    explicit Calendar(const QTimeZone& zone)
        : m_zone(zone)
    {
    }

    /// From the start of the day that holds `t` to the start of the next.
    Span dayOf(Timestamp t);

    /// The hour that holds `t`, counted from the start of its day. An hour that the clocks show twice is two.
    Span hourOf(Timestamp t);

private:
    QTimeZone m_zone;
    std::array<Span, 8> m_known{};
    std::size_t m_next = 0;
};

} // namespace prism::analytics
