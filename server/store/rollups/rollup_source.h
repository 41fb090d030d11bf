#pragma once

#include "server/analytics/calendar.h"
#include "server/analytics/source.h"
#include "server/store/rollups/recent_quarters.h"

#include <map>

namespace prism::store {

/// Makes any span's numbers from the stored rollups, at a cost that does not depend on the number of checks:
/// of days, of quarters of an hour at the ends, and of the rows themselves within a quarter. Keeps the
/// figures of all days and of the last quarters, and the sums that were asked for of days and quarters that
/// are over (16 MiB at most), until a quarter of them changes. Lives on its database's thread: each thread
/// that asks has its own, over its own read connection.
///
/// One answer: open a Snapshot, refresh(), then ask.
class RollupSource : public analytics::Source
{
public:
    RollupSource(Database& database, const QTimeZone& zone);
    RollupSource(const RollupSource&) = delete;
    RollupSource& operator=(const RollupSource&) = delete;

    /// Takes note of what was committed since the last time; the position that the next answers are of.
    Result<protocol::Seq> refresh();

    Result<analytics::RollupPtr> rollup(const analytics::Span& span) override;
    Result<std::vector<analytics::Figures>> figures(const std::vector<analytics::Timestamp>& starts,
                                                    analytics::Timestamp end) override;
    Result<std::vector<analytics::Distinct>> users(const std::vector<analytics::Timestamp>& starts,
                                                   analytics::Timestamp end) override;
    Result<analytics::Distinct> userDays(const analytics::Span& span) override;
    Result<std::optional<analytics::Timestamp>> earliest() override;
    bool isApproximate() const override { return m_approximate; }

    /// Before this the checks themselves may be gone.
    analytics::Timestamp keptFrom() const { return m_keptFrom; }

private:
    using Timestamp = analytics::Timestamp;
    using Span = analytics::Span;

    /// A span cut into what the rollups have and what only the rows have. Each part may be empty.
    struct Cut
    {
        Span rowsBefore{};
        Span whole{}; ///< quarters of an hour
        Span rowsAfter{};
    };

    /// The sum of a span that is over.
    struct Kept
    {
        analytics::RollupPtr rollup;
        quint64 lastUse = 0;
    };

    /// The rows of a quarter's first part.
    struct Begun
    {
        Timestamp to{};
        analytics::Rollup rollup;
        quint64 lastUse = 0;
    };

    Cut cut(const Span& span);
    Timestamp snapped(Timestamp edge);
    Span daysWithin(const Span& whole);
    Result<analytics::Rollup> merged(const Span& whole);
    Result<analytics::RollupPtr> past(const Span& whole);
    Result<void> addRows(const Span& span, analytics::Rollup& rollup);
    Result<void> addBegun(const Span& span, analytics::Rollup& rollup);
    Result<void> addFigures(const Span& whole, bool byDay, const RollupTable::EachFigures& add);
    Result<void> noteChanges();
    void forget(Timestamp quarter);
    void forgetAll();
    void makeRoom();

    Database& m_database;
    RollupTable m_table;
    analytics::Calendar m_calendar;
    protocol::Seq m_seq = -1;
    Timestamp m_startOfToday{};
    Timestamp m_runningQuarter{};
    Timestamp m_keptFrom{};
    bool m_approximate = false;
    std::map<Timestamp, DayFigures> m_days;
    RecentQuarters m_recent; ///< since yesterday began
    std::map<std::pair<Timestamp, Timestamp>, Kept> m_kept;
    std::map<Timestamp, Begun> m_begun; ///< as time goes on, more of the same quarters is asked for
    quint64 m_uses = 0;
    std::size_t m_keptBytes = 0;
};

} // namespace prism::store
