#pragma once

#include "tests/bench/simulation/tally.h"

#include <vector>

namespace prism::simulation {

inline constexpr int quartersAnHour = 4;
inline constexpr int hoursADay = 24;
inline constexpr int quartersADay = hoursADay * quartersAnHour;

/// What happened in each quarter of an hour, with the sums of hours and days. Day 0 is a Monday.
class Timeline
{
public:
    explicit Timeline(int days);

    void add(int quarter, const Tally& tally);

    int days() const { return int(m_days.size()); }
    const Tally& quarter(int number) const { return m_quarters[std::size_t(number)]; }
    const Tally& hour(int number) const { return m_hours[std::size_t(number)]; }
    const Tally& day(int number) const { return m_days[std::size_t(number)]; }

    /// The first `quarters` of a day.
    Tally beginning(int day, int quarters) const;

    /// `days` days of which the last is `lastDay`, of that one the first `quarters`.
    Tally span(int lastDay, int days, int quarters) const;

private:
    std::vector<Tally> m_quarters;
    std::vector<Tally> m_hours;
    std::vector<Tally> m_days;
};

/// A team's year.
struct Year
{
    explicit Year(int days)
        : all(days)
        , live(days)
    {
    }

    void add(int quarter, const Tally& tally);
    void addLate(int quarter, const Tally& tally) { all.add(quarter, tally); }

    Timeline all;
    Timeline live;             ///< without what arrived late
    std::vector<double> users; ///< of each day
};

} // namespace prism::simulation
