#pragma once

#include "server/store/rollups/delta_tail.h"
#include "server/store/rollups/rollup_reader.h"

#include <map>

namespace prism::store {

/// The figures of the last quarters of an hour, which each dashboard of today asks for. Belongs to one
/// thread; the table and the tail are borrowed.
class RecentQuarters
{
public:
    RecentQuarters(RollupReader& table, const DeltaTail& tail)
        : m_table(table)
        , m_tail(tail)
    {
    }

    /// Keeps those from `from` on, and reads them unless it does so already. Where they cannot be read it
    /// keeps none: who asks the table hears why.
    void keepFrom(protocol::Timestamp from);

    /// Counts what was committed since they were read.
    void add(const StoredDelta& delta);

    /// Reads all anew the next time.
    void forget() { m_from.reset(); }

    /// Whether all quarters from `from` on are here.
    bool reachBackTo(protocol::Timestamp from) const { return m_isWhole && m_from && from >= *m_from; }

    /// Those that start in the span, by time.
    void forEach(const analytics::Span& span, const RollupReader::EachFigures& each) const;

private:
    RollupReader& m_table;
    const DeltaTail& m_tail;
    std::optional<protocol::Timestamp> m_from;
    bool m_isWhole = false; ///< all could be read
    std::map<protocol::Timestamp, analytics::Figures> m_figures;
};

} // namespace prism::store
