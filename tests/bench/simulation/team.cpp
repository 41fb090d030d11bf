#include "tests/bench/simulation/team.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace prism::simulation {

namespace {

constexpr double usualFailing = 0.2;
constexpr double mostFailing = 0.9;
constexpr double mostHits = 10; ///< of one check
constexpr double weekendShare = 0.15;
constexpr double usualTime = 120;  ///< ms, the median
constexpr double timeSpread = 0.8; ///< as a logarithm
constexpr double timeEffectShare =
    0.5;                            ///< of the day's effect: how long a check takes is the machine's doing
constexpr double shortestBurst = 5; ///< checks
constexpr double longestBurst = 60;
constexpr double usualPresence = 0.6; ///< of the people, on a workday

/// More by day than by night.
double busyness(int quarter)
{
    const int hour = quarter / quartersAnHour;
    return hour >= 9 && hour < 18 ? 1 : hour >= 7 && hour < 21 ? 0.25 : 0.02;
}

std::vector<double> busynessOfDay()
{
    std::vector<double> day;
    for (int quarter = 0; quarter < quartersADay; ++quarter)
        day.push_back(busyness(quarter));
    return day;
}

/// 2.4 on the average, and now and then a hundred.
std::vector<double> heavyTail()
{
    std::vector<double> weights;
    for (int violations = 1; violations <= 120; ++violations)
        weights.push_back(std::pow(violations, -2.22));
    return weights;
}

/// How long checks take.
class LogNormal
{
public:
    explicit LogNormal(double spread)
        : m_spread(spread)
    {
    }

    /// Valid until another median is asked for.
    const Distribution& around(double median)
    {
        if (!m_distribution || median != m_median)
            m_distribution.emplace(weights(median));
        m_median = median;
        return *m_distribution;
    }

private:
    std::vector<double> weights(double median) const
    {
        const auto below = [&](std::size_t step) {
            const double deviations = std::log(Durations::from(step) / median) / m_spread;
            return (1 + std::erf(deviations / std::numbers::sqrt2)) / 2;
        };
        std::vector<double> weights;
        for (std::size_t step = 0; step < Durations::steps; ++step)
            weights.push_back(below(step + 1) - below(step));
        return weights;
    }

    double m_spread;
    double m_median = 0;
    std::optional<Distribution> m_distribution; ///< around the median, as it takes longer than to draw of it
};

/// A factor with mean 1 that remembers the day before.
class Effect
{
public:
    Effect(double size, double correlation, Random& random)
        : m_size(size)
        , m_correlation(correlation)
        , m_state(random.normal())
    {
    }

    double next(Random& random)
    {
        m_state = m_correlation * m_state + std::sqrt(1 - m_correlation * m_correlation) * random.normal();
        return std::exp(m_size * m_state - m_size * m_size / 2);
    }

private:
    double m_size;
    double m_correlation;
    double m_state;
};

/// From one hour to another in which part of the checks waits for the server.
struct Spool
{
    int from = 0;
    int to = 0;
    double share = 0;

    static Spool draw(Random& random)
    {
        constexpr double everyTenthDay = 0.1;
        if (random.fraction() >= everyTenthDay)
            return {};
        const int from = 8 + random.below(8);
        return {from, from + 2 + random.below(6), 0.5};
    }

    double at(int hour) const { return hour >= from && hour < to ? share : 0; }
};

} // namespace

struct Team::Day
{
    int number;
    double checks;
    double failing;
    double time;
    const Course& course;
    LogNormal& durations;

    bool isWorkday() const { return number % 7 < 5; }
    Factors factorsAt(int quarter) const
    {
        return course ? course(number + double(quarter) / quartersADay) : Factors();
    }
    double failingAt(int quarter) const
    {
        return std::min(usualFailing * failing * factorsAt(quarter).failing, mostFailing);
    }
    const Distribution& durationsAt(int quarter) const
    {
        return durations.around(usualTime * time * factorsAt(quarter).time);
    }
};

struct Team::Hour
{
    int number;
    double checks;
    double late; ///< the share that waits
};

Team::Team(const TeamSize& size, double correlation, const Oddities& oddities)
    : m_size(size)
    , m_correlation(correlation)
    , m_oddities(oddities)
    , m_violations(heavyTail())
    , m_quarters(busynessOfDay())
{
}

Year Team::year(std::uint64_t seed, const Course& course) const
{
    Random random(seed);
    Effect checks(m_size.dayEffect, m_correlation, random);
    Effect failing(m_size.dayEffect, m_correlation, random);
    Effect time(m_size.dayEffect * timeEffectShare, m_correlation, random);
    LogNormal durations(timeSpread);
    Year year(daysOfAYear);
    for (int number = 0; number < daysOfAYear; ++number) {
        const Day day{number,   checks.next(random), failing.next(random), time.next(random), course,
                      durations};
        addDay(year, day, random);
        if (m_oddities.bursts)
            addBursts(year, day, random);
        if (m_oddities.report)
            addNightlyReport(year, day, random);
        year.users.push_back(usersOf(day, random));
    }
    return year;
}

void Team::addDay(Year& year, const Day& day, Random& random) const
{
    const Spool spool = m_oddities.spool ? Spool::draw(random) : Spool();
    Effect ofTheHour(m_size.dayEffect, 0, random);
    for (int hour = 0; hour < hoursADay; ++hour) {
        const double checks = day.checks * ofTheHour.next(random);
        addHour(year, day, {hour, checks, spool.at(hour)}, random);
    }
}

void Team::addHour(Year& year, const Day& day, const Hour& hour, Random& random) const
{
    const int first = hour.number * quartersAnHour;
    const Distribution& durations = day.durationsAt(first);
    for (int quarter = first; quarter < first + quartersAnHour; ++quarter) {
        const double expected = m_size.checksADay * (day.isWorkday() ? 1 : weekendShare) * hour.checks *
                                day.factorsAt(quarter).checks * m_quarters.share(std::size_t(quarter));
        const double failing = day.failingAt(quarter);
        const Tally live = checks(random.poisson(expected * (1 - hour.late)), failing, durations, random);
        year.add(day.number * quartersADay + quarter, live);
        if (hour.late > 0)
            year.addLate(day.number * quartersADay + quarter,
                         checks(random.poisson(expected * hour.late), failing, durations, random));
    }
}

void Team::addBursts(Year& year, const Day& day, Random& random) const
{
    const double usual = m_size.burstsADay * (day.isWorkday() ? 1 : weekendShare);
    for (double left = random.poisson(usual); left > 0; --left) {
        const auto quarter = int(m_quarters.draw(random));
        const double count = std::floor(shortestBurst / std::sqrt(1 - random.fraction()));
        const Tally same = checks(1, day.failingAt(quarter), day.durationsAt(quarter), random);
        Tally burst;
        for (double i = 0; i < std::min(count, longestBurst); ++i)
            burst += same;
        year.add(day.number * quartersADay + quarter, burst);
    }
}

void Team::addNightlyReport(Year& year, const Day& day, Random& random) const
{
    constexpr int twoOClock = 2 * quartersAnHour;
    Tally report = checks(1, 1, day.durationsAt(twoOClock), random);
    report.reported = 4000 + random.below(2000);
    report.violations = report.reported;
    report.hits = mostHits;
    year.add(day.number * quartersADay + twoOClock, report);
}

double Team::usersOf(const Day& day, Random& random) const
{
    constexpr int noon = quartersADay / 2;
    const double presence = usualPresence * (day.isWorkday() ? 1 : weekendShare) * day.factorsAt(noon).checks;
    return random.binomial(m_size.people, std::min(presence, 1.0));
}

Tally Team::checks(double count, double failing, const Distribution& durations, Random& random) const
{
    Tally tally;
    tally.checks = count;
    tally.failed = random.binomial(count, failing);
    m_violations.spread(tally.failed, random, [&tally](std::size_t more, double checks) {
        const double violations = double(more) + 1;
        tally.violations += violations * checks;
        tally.hits += std::min(violations, mostHits) * checks;
    });
    durations.spread(count, random,
                     [&tally](std::size_t step, double checks) { tally.durations.add(step, checks); });
    return tally;
}

} // namespace prism::simulation
