#include "server/analytics/window.h"

#include "server/analytics/day_start.h"
#include "server/analytics/last_moment.h"

#include <QDateTime>

#include <algorithm>

namespace prism::analytics {

namespace {

/// Of history that is longer, the buckets are years: one entry with a wrong year makes nobody wait.
constexpr qint64 mostMonths = 1200;
constexpr qint64 daysInAMonth = 31;

QDate firstDay(const Window& window, std::optional<Timestamp> earliest, const QTimeZone& zone)
{
    if (window.period == Period::All)
        return localTime(earliest ? std::min(*earliest, window.now) : window.now, zone).date();
    return localTime(window.span.from, zone).date();
}

std::vector<Timestamp> startsOfDays(QDate first, int step, const Window& window, const QTimeZone& zone)
{
    std::vector<Timestamp> starts;
    const QDate last = localTime(window.now, zone).date();
    for (QDate day = first; day <= last; day = day.addDays(step)) {
        const Timestamp start = dayStart(day, zone);
        if (starts.empty() || start > starts.back()) // a day may be left out
            starts.push_back(start);
    }
    return starts;
}

} // namespace

int daysOf(Period period)
{
    switch (period) {
    case Period::Today:
        return 1;
    case Period::Week:
        return 7;
    case Period::Month:
        return 30;
    case Period::Year:
        return 365;
    case Period::All:
        break;
    }
    return 0;
}

Span elapsed(const Window& window)
{
    using namespace std::chrono_literals;
    return {window.span.from, std::min(window.span.to, window.now + 1ms)};
}

Window Window::make(Period period, Timestamp now, const QTimeZone& zone, bool at)
{
    using namespace std::chrono_literals;
    const QDateTime moment = localTime(now, zone);
    const QDate today = moment.date();
    Window window;
    window.period = period;
    window.now = now;
    window.span.to =
        at ? now + 1ms : std::max(dayStart(today.addDays(1), zone), now + protocol::farthestAhead);
    if (period == Period::All)
        return window;

    const int days = daysOf(period);
    const QDate first = today.addDays(1 - days);
    window.span.from = dayStart(first, zone);
    const int back = (days + daysInAWeek - 1) / daysInAWeek * daysInAWeek;
    const Timestamp sameTime = lastMomentOf(today.addDays(-back), moment.time(), zone);
    window.previous = Span{dayStart(first.addDays(-back), zone), std::min(sameTime + 1ms, window.span.from)};
    return window;
}

Window Window::before() const
{
    using namespace std::chrono_literals;
    return {period, *previous, std::nullopt, previous->to - 1ms};
}

std::vector<Timestamp> bucketStarts(const Window& window, std::optional<Timestamp> earliest,
                                    const QTimeZone& zone)
{
    const QDate first = firstDay(window, earliest, zone);
    std::vector<Timestamp> starts;
    switch (window.period) {
    case Period::Today:
        for (Timestamp hour = window.span.from; hour <= window.now; hour += std::chrono::hours(1))
            starts.push_back(hour);
        return starts;
    case Period::Week:
    case Period::Month:
        return startsOfDays(first, 1, window, zone);
    case Period::Year:
        return startsOfDays(first, 7, window, zone);
    case Period::All:
        break;
    }
    const QDate last = localTime(window.now, zone).date();
    const bool isLong = first.daysTo(last) > mostMonths * daysInAMonth;
    for (QDate month(first.year(), isLong ? 1 : first.month(), 1); dayStart(month, zone) <= window.now;
         month = month.addMonths(isLong ? 12 : 1))
        starts.push_back(dayStart(month, zone));
    return starts;
}

std::optional<std::size_t> bucketOf(const std::vector<Timestamp>& starts, Timestamp t)
{
    const auto after = std::upper_bound(starts.begin(), starts.end(), t);
    if (after == starts.begin())
        return std::nullopt;
    return std::size_t(after - starts.begin()) - 1;
}

} // namespace prism::analytics
