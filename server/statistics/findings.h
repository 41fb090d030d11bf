#pragma once

#include "server/statistics/change_points.h"
#include "server/statistics/direction.h"
#include "server/statistics/memo.h"
#include "server/statistics/seasonal_forecast.h"

#include <tuple>

namespace prism::statistics {

/// What is found of a series, at the cost of its length or of the square of that, remembered by what is in
/// the series: that changes when a bucket ends or something comes late, and is asked for with every event.
/// Shared by all threads.
class Findings
{
public:
    /// directionOf().
    std::optional<Direction> direction(const Series& series, std::size_t season);

    /// changePointsOf().
    std::optional<ChangePoints> changePoints(const Series& series, std::size_t season, std::size_t shortest);

    /// SeasonalForecast::fit().
    std::optional<SeasonalForecast> forecast(const Series& series, BucketLength length,
                                             SeasonalForecast::Scale scale);

    std::size_t size() const; ///< how many are remembered

private:
    static constexpr std::size_t mostOfEach = 256;

    Memo<std::tuple<Series, std::size_t>, std::optional<Direction>> m_directions{mostOfEach};
    Memo<std::tuple<Series, std::size_t, std::size_t>, std::optional<ChangePoints>> m_points{mostOfEach};
    Memo<std::tuple<Series, BucketLength, SeasonalForecast::Scale>, std::optional<SeasonalForecast>>
        m_forecasts{mostOfEach};
};

} // namespace prism::statistics
