#pragma once

#include "server/analytics/dashboard_numbers.h"

namespace prism::analytics {

/// How much each number of a window usually differs from that of the same weekdays before: by the days before
/// the window, or by their weeks where it is long. A plain value, shared by all who compare.
struct WindowNoise
{
    std::array<statistics::Noise, numberCount> numbers; ///< in the order of numberKinds()

    /// Depends on all that verdicts depend on, and on nothing else.
    quint64 hash() const;
};

/// Reads nine weeks before the window, or 27 where it is longer than two months; of days that lie wholly
/// after the first data. For today each ends at the last full quarter of an hour.
protocol::Result<WindowNoise> measureNoise(Source& source, const Window& window, const QTimeZone& zone);

} // namespace prism::analytics
