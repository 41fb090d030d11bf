#pragma once

#include "server/analytics/calendar.h"

#include <functional>

namespace prism::store {

/// Says what arrives too late to be judged with its hour: then it is history, like what was imported. Belongs
/// to one thread.
class Lateness
{
public:
    using Clock = std::function<protocol::Timestamp()>;

    explicit Lateness(const QTimeZone& zone, Clock clock = protocol::now)
        : m_calendar(zone)
        , m_clock(std::move(clock))
    {
    }

    /// Whether the hour that `entry` lies in is closed.
    bool isLate(protocol::Timestamp entry)
    {
        const protocol::Timestamp now = m_clock();
        return now >= entry + analytics::closing && now >= m_calendar.hourOf(entry).to + analytics::closing;
    }

private:
    analytics::Calendar m_calendar;
    const Clock m_clock;
};

} // namespace prism::store
