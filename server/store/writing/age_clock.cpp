#include "server/store/writing/age_clock.h"

namespace prism::store {

namespace {

/// Clocks drift and are corrected; that is no leap.
constexpr std::chrono::minutes tolerance{1};

} // namespace

protocol::Timestamp AgeClock::Course::at(Steady now) const
{
    return clock + std::chrono::duration_cast<std::chrono::milliseconds>(now - since);
}

protocol::Timestamp AgeClock::at(protocol::Timestamp clock, Steady now)
{
    const protocol::Timestamp expected = m_trusted.at(now);
    const bool hasLeapt = clock > expected + tolerance;
    const bool goesOn =
        m_leapt && clock >= m_leapt->at(now) - tolerance && clock <= m_leapt->at(now) + tolerance;
    if (hasLeapt && !goesOn)
        m_leapt = Course{clock, now};
    if (hasLeapt && now - m_leapt->since < m_patience)
        return expected;
    m_leapt.reset();
    m_trusted = {clock, now};
    return clock;
}

} // namespace prism::store
