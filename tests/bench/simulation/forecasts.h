#pragma once

#include "server/statistics/seasonal_forecast.h"
#include "tests/bench/simulation/levels.h"

namespace prism::simulation {

/// What is to come of the next hours, days and weeks.
class Forecasts : public Judge
{
public:
    void see(const Subject& subject) override;
    void report(Table& table, std::size_t size) const override;

private:
    struct Counts
    {
        Mean error; ///< in mean steps of the past from one season to the next
        Mean errorOfRepeating;
        Share within80;
        Share within95;
        Mean width; ///< of the band of 80 %, in means of the past
    };
    struct Kind;

    static void tell(const Kind& kind, const statistics::Series& series, std::size_t first, Counts& counts);

    Counts m_hours;
    std::array<Counts, levels> m_days;
    Counts m_weeks;
};

} // namespace prism::simulation
