#pragma once

#include "server/statistics/change_points.h"
#include "server/statistics/direction.h"
#include "server/statistics/memo.h"

#include <tuple>

namespace prism::statistics {

/// What costs the square of a series' length, remembered by what is in the series: that changes when a bucket
/// ends or something comes late, and is asked for with every event. Shared by all threads.
class Findings
{
public:
    /// directionOf().
    std::optional<Direction> direction(const Series& series, std::size_t season);

    /// changePointsOf().
    std::optional<ChangePoints> changePoints(const Series& series, std::size_t season, std::size_t shortest);

private:
    static constexpr std::size_t mostOfEach = 256;

    Memo<std::tuple<Series, std::size_t>, std::optional<Direction>> m_directions{mostOfEach};
    Memo<std::tuple<Series, std::size_t, std::size_t>, std::optional<ChangePoints>> m_points{mostOfEach};
};

} // namespace prism::statistics
