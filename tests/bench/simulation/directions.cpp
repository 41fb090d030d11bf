#include "tests/bench/simulation/directions.h"

#include "server/statistics/direction.h"

namespace prism::simulation {

using statistics::Series;

namespace {

constexpr int daysOfAMonth = 30;
constexpr int weeksOfAYear = 52;

int signOf(const Series& series, std::size_t season)
{
    const auto direction = statistics::directionOf(series, season);
    return direction ? direction->sign : 0;
}

/// Two of the values five times as high.
Series withBurst(Series series, Random& random)
{
    const auto at = std::size_t(random.below(int(series.size()) - 1));
    for (const std::size_t each : {at, at + 1})
        series[each] = 5 * series[each].value_or(0);
    return series;
}

} // namespace

void Directions::see(const Subject& subject)
{
    Random random(subject.seed);
    const Year months = subject.changed([](double day) {
        return Factors{1 + double(int(day) % daysOfAMonth) / (daysOfAMonth - 1), 1, 1};
    });
    const Year year = subject.changed([](double day) {
        return Factors{1 + day / (7.0 * weeksOfAYear), 1, 1};
    });
    const Timeline& unchanged = subject.unchanged.all;
    for (std::size_t number = 0; number < levels; ++number) {
        const Level& level = levelOf(number);
        Counts& days = m_days.at(number);
        for (int first = 0; first + daysOfAMonth <= unchanged.days(); first += daysOfAMonth) {
            const Series month = daysOf(unchanged, level, first, daysOfAMonth);
            days.unchanged.add(signOf(month, 7) != 0);
            days.burst.add(signOf(withBurst(month, random), 7) != 0);
            days.doubling.add(signOf(daysOf(months.all, level, first, daysOfAMonth), 7) > 0);
        }
        m_weeks.at(number).unchanged.add(signOf(weeksOf(unchanged, level), 1) != 0);
        m_weeks.at(number).doubling.add(signOf(weeksOf(year.all, level), 1) > 0);
    }
}

void Directions::report(Table& table, std::size_t size) const
{
    for (std::size_t number = 0; number < levels; ++number) {
        const std::string name = levelOf(number).name;
        const Counts& days = m_days.at(number);
        const Counts& weeks = m_weeks.at(number);
        table.add(size, "b. false directions, %: " + name + ", 30 days", days.unchanged.percent(),
                  {"1", "2", "2"});
        table.add(size, "b. false directions, %: " + name + ", burst x 5", days.burst.percent(),
                  {"1", "5", "4"});
        table.add(size, "b. false directions, %: " + name + ", 52 weeks", weeks.unchanged.percent(),
                  {"3", "5", "4"});
        if (!levelOf(number).doubles)
            continue;
        table.add(size, "b. doubling, found, %: " + name + ", 30 days", days.doubling.percent(),
                  {"7", "49", "98"});
        table.add(size, "b. doubling, found, %: " + name + ", 52 weeks", weeks.doubling.percent(),
                  {"87", "100", "100"});
    }
}

} // namespace prism::simulation
