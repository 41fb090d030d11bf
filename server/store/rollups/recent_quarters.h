#pragma once

#include "server/store/rollups/rollup_table.h"

#include <map>

namespace prism::store {

/// The figures of the last quarters of an hour, which each dashboard of today asks for. Keeps them until they
/// are told to have changed. Belongs to one thread; the table is borrowed.
class RecentQuarters
{
public:
    explicit RecentQuarters(RollupTable& table)
        : m_table(table)
    {
    }

    /// Keeps those from `from` on, and reads them unless it does so already. Where they cannot be read it
    /// keeps none: who asks the table hears why.
    void keepFrom(protocol::Timestamp from);

    void note(protocol::Timestamp start, const analytics::Figures& figures);

    /// Reads all anew the next time.
    void forget() { m_from.reset(); }

    /// Whether all quarters from `from` on are here.
    bool reachBackTo(protocol::Timestamp from) const { return m_isWhole && m_from && from >= *m_from; }

    /// Those that start in the span, by time.
    void forEach(const analytics::Span& span, const RollupTable::EachFigures& each) const;

private:
    RollupTable& m_table;
    std::optional<protocol::Timestamp> m_from;
    bool m_isWhole = false; ///< all could be read
    std::map<protocol::Timestamp, analytics::Figures> m_figures;
};

} // namespace prism::store
