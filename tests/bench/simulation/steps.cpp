#include "tests/bench/simulation/steps.h"

#include "server/statistics/change_points.h"

#include <algorithm>
#include <cmath>

namespace prism::simulation {

using statistics::ChangePoint;
using statistics::Series;

namespace {

constexpr int halfAYear = 182;
constexpr int weeksWithStep = 51;
constexpr int weekOfStep = 25;

std::vector<ChangePoint> ofDays(const Series& days)
{
    const auto points = statistics::changePointsOf(days, 7, 7);
    return points ? points->points : std::vector<ChangePoint>();
}

std::vector<ChangePoint> ofWeeks(const Series& weeks)
{
    const auto points = statistics::changePointsOf(weeks, 1, 4);
    return points ? points->points : std::vector<ChangePoint>();
}

bool isAnyNear(const std::vector<ChangePoint>& points, int bucket, int within)
{
    return std::any_of(points.begin(), points.end(), [&](const ChangePoint& point) {
        return std::abs(int(point.first) - bucket) <= within;
    });
}

double inAHundred(const std::vector<ChangePoint>& points, const Series& series)
{
    return 100 * double(points.size()) / double(series.size());
}

} // namespace

void Steps::see(const Subject& subject)
{
    const Year halves = subject.changed([](double day) {
        return Factors{int(day) % halfAYear < halfAYear / 2 ? 1.0 : 2.0, 1, 1};
    });
    const Year year = subject.changed([](double day) {
        return Factors{day < 7 * weekOfStep ? 1.0 : 2.0, 1, 1};
    });
    const Timeline& unchanged = subject.unchanged.all;
    for (std::size_t number = 0; number < levels; ++number) {
        const Level& level = levelOf(number);
        Counts& counts = m_counts.at(number);
        for (const int first : {0, halfAYear}) {
            const Series days = daysOf(unchanged, level, first, halfAYear);
            counts.falseDays.add(inAHundred(ofDays(days), days));
            const auto points = ofDays(daysOf(halves.all, level, first, halfAYear));
            counts.foundInDays.add(isAnyNear(points, halfAYear / 2, 7));
        }
        const Series weeks = weeksOf(unchanged, level);
        counts.falseWeeks.add(inAHundred(ofWeeks(weeks), weeks));
        Series withStep = weeksOf(year.all, level);
        withStep.resize(weeksWithStep);
        counts.foundInWeeks.add(isAnyNear(ofWeeks(withStep), weekOfStep, 3));
    }
}

void Steps::report(Table& table, std::size_t size) const
{
    for (std::size_t number = 0; number < levels; ++number) {
        const std::string name = levelOf(number).name;
        const Counts& counts = m_counts.at(number);
        const Table::Said few{"<= 0.07", "<= 0.07", "<= 0.07"};
        table.add(size, "c. false points in 100: " + name + ", days", counts.falseDays.value(), few);
        table.add(size, "c. false points in 100: " + name + ", weeks", counts.falseWeeks.value(), few);
        if (!levelOf(number).doubles)
            continue;
        table.add(size, "c. doubling, found, %: " + name + ", 182 days", counts.foundInDays.percent(),
                  {"72", "97", "100"});
        table.add(size, "c. doubling, found, %: " + name + ", 51 weeks", counts.foundInWeeks.percent(),
                  {"93", "100", "100"});
    }
}

} // namespace prism::simulation
