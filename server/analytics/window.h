#pragma once

#include "shared/protocol/period.h"
#include "shared/protocol/timestamp.h"

#include <QTimeZone>

#include <optional>
#include <vector>

namespace prism::analytics {

using protocol::Period;
using protocol::Timestamp;

/// A half-open span of time: from ≤ t < to.
struct Span
{
    Timestamp from;
    Timestamp to;

    bool operator==(const Span&) const = default;
};

/// Where a period lies, in calendar days of one time zone.
struct Window
{
    Period period = Period::Week;
    Span span;
    std::optional<Span> previous; ///< what it is compared with; nothing for Period::All
    Timestamp now;                ///< the moment it is asked for

    /// The window as of `now`. `at` says that the moment was asked for: then nothing behind it counts.
    /// Without, the window reaches to the end of the day, or 5 minutes ahead where that is later, so that
    /// nothing that was acknowledged lies outside. For Period::All it starts at 1970.
    static Window make(Period period, Timestamp now, const QTimeZone& zone, bool at);
};

/// The starts of the window's trend buckets up to `now`: hours for today, days for week and month, weeks for
/// year, months for all. `earliest` is where the data of Period::All begins.
std::vector<Timestamp> bucketStarts(const Window& window, std::optional<Timestamp> earliest,
                                    const QTimeZone& zone);

/// The index of the bucket that holds `t`; nothing before the first.
std::optional<std::size_t> bucketOf(const std::vector<Timestamp>& starts, Timestamp t);

} // namespace prism::analytics
