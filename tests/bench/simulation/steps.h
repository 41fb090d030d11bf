#pragma once

#include "tests/bench/simulation/levels.h"

namespace prism::simulation {

/// Where the level of half a year's days and of a year's weeks changed.
class Steps : public Judge
{
public:
    void see(const Subject& subject) override;
    void report(Table& table, std::size_t size) const override;

private:
    struct Counts
    {
        Mean falseDays; ///< in 100 of them
        Mean falseWeeks;
        Share foundInDays;
        Share foundInWeeks;
    };

    std::array<Counts, levels> m_counts;
};

} // namespace prism::simulation
