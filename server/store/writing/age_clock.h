#pragma once

#include "server/store/writing/boot_clock.h"
#include "shared/protocol/timestamp.h"

#include <optional>

namespace prism::store {

/// The time by which it is judged what is old enough to be removed for good. A clock that leaps ahead, be it
/// for a moment or because it is wrong when the machine starts, would make everything old at once. So it is
/// believed only when it has gone on from there for some time; until then time goes on as it did before. The
/// time a machine sleeps counts, or one that often sleeps would never believe its clock. A clock that is set
/// back is believed at once: it makes nothing older. Belongs to one thread.
class AgeClock
{
public:
    using Steady = BootClock::time_point;

    /// `known` is a moment that has certainly been, such as that of the last write.
    AgeClock(protocol::Timestamp known, Steady now,
             std::chrono::milliseconds patience = std::chrono::hours(1))
        : m_patience(patience)
        , m_trusted{known, now}
    {
    }

    /// Never later than `clock`, which is what the system's clock says.
    protocol::Timestamp at(protocol::Timestamp clock, Steady now);

private:
    /// A clock that said `clock` at `since`, and has gone on evenly.
    struct Course
    {
        protocol::Timestamp clock;
        Steady since;

        protocol::Timestamp at(Steady now) const;
    };

    const std::chrono::milliseconds m_patience;
    Course m_trusted;
    std::optional<Course> m_leapt;
};

} // namespace prism::store
