#pragma once

#include "tests/bench/simulation/year.h"

#include <functional>
#include <vector>

namespace prism::simulation {

/// What is counted of hours or days, and how much more is told.
struct AlarmKind
{
    const char* name;
    double ratio;
    double threshold;
    int bucketQuarters; ///< an hour's or a day's
    int daysLookedBack;

    /// Says what a hit is from then on, by what is usual.
    std::function<std::function<double(const Tally&)>(const Tally& usual)> hits;
};

inline constexpr int baselineDays = 28;

/// One that was raised, in quarters since the year began.
struct Alarm
{
    int raised = 0;
    int over = 0; ///< the end of the year while it lasts
};

/// What is told in a year, from the day on of which enough is known before. Each quarter of an hour is
/// judged, and the evidence replayed each midnight.
std::vector<Alarm> alarmsOf(const AlarmKind& kind, const Year& year);

/// The first day that is judged.
int firstJudged(const AlarmKind& kind);

} // namespace prism::simulation
