#pragma once

#include "tests/bench/simulation/delays.h"
#include "tests/bench/simulation/judge.h"

namespace prism::simulation {

/// How often there is an alarm without a reason, and how soon one with a reason.
class Alarms : public Judge
{
public:
    void see(const Subject& subject) override;
    void report(Table& table, std::size_t size) const override;

private:
    static constexpr std::size_t kinds = 3;

    std::array<Mean, kinds> m_falseInAWeek;
    Mean m_usageDropsInAWeek;
    Delays m_violationsTwice;
    Delays m_violationsThrice;
    Delays m_timesTwice;
    Delays m_failingTwice; ///< of quality_drop
};

} // namespace prism::simulation
