#include "server/statistics/findings.h"

namespace prism::statistics {

std::optional<Direction> Findings::direction(const Series& series, std::size_t season)
{
    return m_directions.answer({series, season}, [&] { return directionOf(series, season); });
}

std::optional<ChangePoints> Findings::changePoints(const Series& series, std::size_t season,
                                                   std::size_t shortest)
{
    return m_points.answer({series, season, shortest},
                           [&] { return changePointsOf(series, season, shortest); });
}

std::optional<SeasonalForecast> Findings::forecast(const Series& series, BucketLength length,
                                                   SeasonalForecast::Scale scale)
{
    return m_forecasts.answer({series, length, scale},
                              [&] { return SeasonalForecast::fit(series, length, scale); });
}

std::size_t Findings::size() const
{
    return m_directions.size() + m_points.size() + m_forecasts.size();
}

} // namespace prism::statistics
