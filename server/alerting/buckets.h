#pragma once

#include "server/analytics/calendar.h"

namespace prism::alerting {

using analytics::Span;
using protocol::Timestamp;

/// Finds the hours and days of one zone that are judged and compared. A plain value, for one thread.
class Buckets
{
public:
    /// As of `now`.
    Buckets(const QTimeZone& zone, Timestamp now)
        : m_zone(zone)
        , m_calendar(zone)
        , m_now(now)
    {
    }

    /// Where the day begins that was so many days ago.
    Timestamp midnight(int daysAgo) const;

    /// Those that begin in the span, which begins at a midnight, by time.
    std::vector<Span> hours(const Span& span);
    std::vector<Span> days(const Span& span);

    /// The last day that is closed.
    Span lastDay();

    /// The same weekday of the `count` weeks before the day, the last first.
    std::vector<Span> weekdaysBefore(const Span& day, int count) const;

    bool isClosed(const Span& bucket) const { return m_now >= bucket.to + analytics::closing; }

private:
    QTimeZone m_zone;
    analytics::Calendar m_calendar;
    Timestamp m_now;
};

} // namespace prism::alerting
