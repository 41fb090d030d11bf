#pragma once

#include "shared/protocol/assessment.h"
#include "shared/protocol/period.h"
#include "shared/protocol/timestamp.h"

#include <QTimeZone>

#include <optional>
#include <vector>

namespace prism::analytics {

using protocol::Period;
using protocol::Span;
using protocol::Timestamp;

/// Where a period lies, in calendar days of one time zone.
struct Window
{
    Period period = Period::Week;
    Span span;
    /// What it is compared with: the same days as many whole weeks before as do not overlap, up to the same
    /// local time; nothing for Period::All.
    std::optional<Span> previous;
    Timestamp now; ///< the moment it is asked for

    /// The window as of `now`. `at` says that the moment was asked for: then nothing behind it counts.
    /// Without, the window reaches to the end of the day, or 5 minutes ahead where that is later, so that
    /// nothing that was acknowledged lies outside. For Period::All it starts at 1970.
    static Window make(Period period, Timestamp now, const QTimeZone& zone, bool at);

    /// The one of the same period that it is compared with. Not for Period::All.
    Window before() const;
};

/// The calendar days of a window; 0 for Period::All.
int daysOf(Period period);

/// What passed of it.
Span elapsed(const Window& window);

/// The starts of the window's trend buckets up to `now`: hours for today, days for week and month, weeks for
/// year, months for all. `earliest` is where the data of Period::All begins.
std::vector<Timestamp> bucketStarts(const Window& window, std::optional<Timestamp> earliest,
                                    const QTimeZone& zone);

/// The index of the bucket that holds `t`; nothing before the first.
std::optional<std::size_t> bucketOf(const std::vector<Timestamp>& starts, Timestamp t);

} // namespace prism::analytics
