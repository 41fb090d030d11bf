#pragma once

#include "server/statistics/change.h"
#include "tests/bench/simulation/judge.h"

namespace prism::simulation {

/// Today, this week and this month against the same span some weeks before.
class Verdicts : public Judge
{
public:
    void see(const Subject& subject) override;
    void report(Table& table, std::size_t size) const override;

private:
    static constexpr std::size_t periods = 3;
    static constexpr std::size_t metrics = 5;

    std::array<std::array<Share, periods>, metrics> m_wrong;
    std::array<Share, periods> m_found; ///< a doubled rate of violations
};

} // namespace prism::simulation
