#include "tests/bench/simulation/levels.h"

namespace prism::simulation {

const Level& levelOf(std::size_t number)
{
    static constexpr std::array<Level, levels> all{{
        {"checks", [](const Tally& tally) { return tally.checks; }, true},
        {"violations", [](const Tally& tally) { return tally.violations; }, false},
        {"violations but the report's", [](const Tally& tally) { return tally.violations - tally.reported; },
         true},
    }};
    return all.at(number);
}

statistics::Series daysOf(const Timeline& timeline, const Level& level, int first, int count)
{
    statistics::Series series;
    for (int day = first; day < first + count; ++day)
        series.emplace_back(level.of(timeline.day(day)));
    return series;
}

statistics::Series weeksOf(const Timeline& timeline, const Level& level)
{
    statistics::Series series;
    for (int week = 0; (week + 1) * 7 <= timeline.days(); ++week)
        series.emplace_back(level.of(timeline.span(week * 7 + 6, 7, quartersADay)));
    return series;
}

} // namespace prism::simulation
