#pragma once

#include "server/analytics/calendar.h"
#include "server/store/rollups/delta_writer.h"
#include "server/store/rollups/grain.h"
#include "server/store/rollups/principle_count_writer.h"
#include "server/store/rollups/rollup_writer.h"

#include <map>
#include <tuple>

namespace prism::store {

/// Folds the deltas of one scope into the buckets they are about: those of quarters of an hour, and those of
/// the days of one zone. Nothing is counted by that which was not counted before, and what is counted stays
/// the same. Lives on its connection's thread.
class RollupFolder
{
public:
    RollupFolder(WriteConnection& connection, const QTimeZone& zone, Scope scope = everything)
        : m_rollups(connection, scope)
        , m_counts(connection, scope)
        , m_deltas(connection, scope)
        , m_calendar(zone)
    {
    }

    /// A bucket that changes.
    struct Place
    {
        Grain grain;
        protocol::Timestamp start;

        bool operator<(const Place& other) const
        {
            return std::tie(grain, start) < std::tie(other.grain, other.start);
        }
    };

    /// As it is to be stored.
    struct Bucket
    {
        analytics::Rollup rollup;
        PrincipleCountWriter::Rows principles; ///< those that change
    };

    /// What some deltas make of the buckets that they are about.
    struct Step
    {
        std::map<Place, Bucket> buckets;
        qint64 taken = 0;
        qint64 last = 0; ///< of them
        qint64 left = 0; ///< that wait behind them
    };

    /// Reads the oldest that wait, `most` at the most, and fewer where they change much; one at least, if one
    /// waits. Nothing is written, so that nothing is lost where a bucket is damaged.
    Result<Step> prepare(qint64 most);

    Result<void> write(const Step& step);

    /// Both. How many still wait.
    Result<qint64> fold(qint64 most);

    /// All that wait.
    Result<void> foldAll();

    Result<qint64> waiting();

private:
    RollupWriter m_rollups;
    PrincipleCountWriter m_counts;
    DeltaWriter m_deltas;
    analytics::Calendar m_calendar;
};

} // namespace prism::store
