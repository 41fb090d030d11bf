#pragma once

#include "server/analytics/calendar.h"
#include "server/store/rollups/rollup_table.h"

#include <variant>

namespace prism::store {

/// Counts what a group of writes adds or marks into the stored rollups, in the group's own transaction. Until
/// the end of the group it only remembers what there is to count, so that going back is forgetting. Lives on
/// its database's thread.
class RollupWriter
{
public:
    RollupWriter(Database& database, const QTimeZone& zone)
        : m_table(database)
        , m_calendar(zone)
    {
    }

    /// A late one counts in the quarter and the day it belongs to.
    void add(const protocol::Check& check, bool imported);
    void add(const protocol::Retro& retro, bool imported);
    void remark(const protocol::Check& before, const protocol::Check& after, bool imported);

    /// How much there is to count.
    std::size_t mark() const { return m_pending.size(); }

    /// Forgets what came after the mark. What was written since is rolled back.
    void returnTo(std::size_t mark);

    /// Writes each rollup that changes, once. To be called before the commit.
    Result<void> write(protocol::Seq revision);

private:
    struct AddedCheck
    {
        protocol::Check check;
    };
    struct AddedRetro
    {
        protocol::Retro retro;
    };
    struct Remarked
    {
        protocol::Check before;
        protocol::Check after;
    };
    struct Pending
    {
        protocol::Timestamp time;
        bool imported = false;
        std::variant<AddedCheck, AddedRetro, Remarked> what;
    };

    /// The rollup that is being added to, of each grain. Neighbours in time go to the same, group after
    /// group, and it need not be read again.
    struct Open
    {
        std::optional<protocol::Timestamp> start;
        analytics::Rollup rollup;
        bool isChanged = false;
    };

    Result<void> count(const Pending& pending, protocol::Seq revision);
    Result<void> open(Grain grain, Open& open, protocol::Timestamp start, protocol::Seq revision);
    Result<void> save(Grain grain, Open& open, protocol::Seq revision);
    static void apply(const Pending& pending, Open& open);

    RollupTable m_table;
    analytics::Calendar m_calendar;
    std::vector<Pending> m_pending;
    Open m_quarter;
    Open m_day;
};

} // namespace prism::store
