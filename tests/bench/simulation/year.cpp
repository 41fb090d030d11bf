#include "tests/bench/simulation/year.h"

namespace prism::simulation {

Timeline::Timeline(int days)
    : m_quarters(std::size_t(days) * quartersADay)
    , m_hours(std::size_t(days) * quartersADay / quartersAnHour)
    , m_days(std::size_t(days))
{
}

void Timeline::add(int quarter, const Tally& tally)
{
    m_quarters[std::size_t(quarter)] += tally;
    m_hours[std::size_t(quarter / quartersAnHour)] += tally;
    m_days[std::size_t(quarter / quartersADay)] += tally;
}

Tally Timeline::beginning(int day, int quarters) const
{
    Tally sum;
    const int first = day * quartersADay;
    for (int i = 0; i < quarters / quartersAnHour; ++i)
        sum += hour(first / quartersAnHour + i);
    for (int i = quarters - quarters % quartersAnHour; i < quarters; ++i)
        sum += quarter(first + i);
    return sum;
}

Tally Timeline::span(int lastDay, int days, int quarters) const
{
    Tally sum = beginning(lastDay, quarters);
    for (int each = lastDay - days + 1; each < lastDay; ++each)
        sum += day(each);
    return sum;
}

void Year::add(int quarter, const Tally& tally)
{
    all.add(quarter, tally);
    live.add(quarter, tally);
}

} // namespace prism::simulation
