#pragma once

#include "server/analytics/calendar.h"
#include "server/store/rollups/delta_writer.h"
#include "server/store/rollups/grain.h"

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
        : m_connection(connection)
        , m_scope(scope)
        , m_deltas(connection, scope)
        , m_calendar(zone)
    {
    }

    /// Folds the oldest that wait, `most` at the most, and fewer where they change much; one at least, if one
    /// waits. How many still wait.
    Result<qint64> fold(qint64 most);

    /// All that wait.
    Result<void> foldAll();

    Result<qint64> waiting();

private:
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
    using Changes = std::map<Place, analytics::RollupDelta>;

    Result<void> add(const Place& place, const analytics::RollupDelta& change);

    WriteConnection& m_connection;
    const Scope m_scope;
    DeltaWriter m_deltas;
    analytics::Calendar m_calendar;
};

} // namespace prism::store
