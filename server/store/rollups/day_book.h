#pragma once

#include "server/analytics/calendar.h"
#include "server/store/rollups/delta_tail.h"
#include "server/store/rollups/rollup_reader.h"

#include <map>

namespace prism::store {

/// The figures of all days of one scope or more, as of the tail's last delta. Belongs to one thread; the
/// table and the tail are borrowed.
class DayBook
{
public:
    DayBook(RollupReader& table, const DeltaTail& tail, const QTimeZone& zone)
        : m_table(table)
        , m_tail(tail)
        , m_calendar(zone)
    {
    }

    /// Reads all anew.
    Result<void> read();

    /// Counts what was committed since.
    void add(const StoredDelta& delta);

    struct Users
    {
        qint64 count = 0;
        bool isEstimated = false;
    };

    struct Day
    {
        analytics::Figures figures;
        std::optional<Users> users; ///< distinct; not known since there came more, or of several scopes
    };

    using Days = std::map<protocol::Timestamp, Day>;
    const Days& days() const { return m_days; }

    /// They were counted.
    void setUsers(protocol::Timestamp day, const Users& users);

    /// Those that start in the span, by time.
    void forEach(const analytics::Span& span, const RollupReader::EachFigures& each) const;

private:
    RollupReader& m_table;
    const DeltaTail& m_tail;
    analytics::Calendar m_calendar;
    Days m_days;
};

} // namespace prism::store
