#pragma once

#include "server/statistics/series.h"
#include "tests/bench/simulation/judge.h"

namespace prism::simulation {

/// A number of a team's days or weeks.
struct Level
{
    const char* name;
    double (*of)(const Tally& tally);
    bool doubles; ///< when there are twice as many checks
};

inline constexpr std::size_t levels = 3;
const Level& levelOf(std::size_t number);

/// `count` days from one on.
statistics::Series daysOf(const Timeline& timeline, const Level& level, int first, int count);

/// All whole weeks.
statistics::Series weeksOf(const Timeline& timeline, const Level& level);

} // namespace prism::simulation
