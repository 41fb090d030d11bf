#pragma once

#include "tests/bench/simulation/levels.h"

namespace prism::simulation {

/// Which way months and years go, by their days and weeks.
class Directions : public Judge
{
public:
    void see(const Subject& subject) override;
    void report(Table& table, std::size_t size) const override;

private:
    struct Counts
    {
        Share unchanged;
        Share burst;
        Share doubling;
    };

    std::array<Counts, levels> m_days;
    std::array<Counts, levels> m_weeks;
};

} // namespace prism::simulation
