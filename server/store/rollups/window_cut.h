#pragma once

#include "server/analytics/calendar.h"

namespace prism::store {

/// Says of which stored buckets a span of time is made: days, quarters of an hour at their ends, and the rows
/// themselves within a quarter. Knows nothing of what is in them. A plain value, for one thread.
class WindowCut
{
public:
    explicit WindowCut(const QTimeZone& zone)
        : m_calendar(zone)
    {
    }

    /// A span cut into what the rollups have and what only the rows have. Each part may be empty.
    struct Parts
    {
        analytics::Span rowsBefore{};
        analytics::Span whole{}; ///< quarters of an hour
        analytics::Span rowsAfter{};

        bool needRows() const;
    };

    /// What the rollups have, cut into days and the quarters before and after them. Each may be empty.
    struct Buckets
    {
        analytics::Span quartersBefore{};
        analytics::Span days{};
        analytics::Span quartersAfter{};
    };

    /// From now on the rows may be gone that are older than this. Nothing was put to a whole hour yet.
    void begin(analytics::Timestamp rowsKeptFrom);

    Parts parts(const analytics::Span& span);
    Buckets buckets(const analytics::Span& whole);

    /// Whether an edge was put to a whole hour, since the rows about it may be gone.
    bool isApproximate() const { return m_isApproximate; }

    analytics::Span dayOf(analytics::Timestamp t) { return m_calendar.dayOf(t); }

    /// Whether it is a day whose rollup is stored. A zone may begin its days within a quarter, as some did a
    /// century ago; then the quarters have to do.
    bool isStoredDay(const analytics::Span& span);

private:
    analytics::Timestamp snapped(analytics::Timestamp edge);

    analytics::Calendar m_calendar;
    analytics::Timestamp m_rowsKeptFrom{};
    bool m_isApproximate = false;
};

bool isEmpty(const analytics::Span& span);

/// The same but for what has no length.
analytics::Span spanOf(analytics::Timestamp from, analytics::Timestamp to);

} // namespace prism::store
