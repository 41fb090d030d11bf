#pragma once

#include "tests/bench/simulation/distribution.h"
#include "tests/bench/simulation/year.h"

#include <functional>

namespace prism::simulation {

/// What a team is like, apart from chance.
struct TeamSize
{
    const char* name;
    double checksADay; ///< on a workday
    double dayEffect;  ///< by how much days differ beyond chance, as a logarithm
    double people;
    double burstsADay; ///< of a person who has the same text checked again and again
};

/// What a year has besides.
struct Oddities
{
    bool bursts = true;
    bool report = true;
    bool spool = true;
};

/// What changes in a year: by how much each is multiplied at a time, in days.
struct Factors
{
    double checks = 1;
    double failing = 1;
    double time = 1;
};
using Course = std::function<Factors(double day)>;

/// Makes years of a team's checks: office hours and weekends, days and hours that differ beyond chance,
/// bursts, a report of thousands of violations each night, and now and then a spool that empties when its
/// hours have long been over. The same seed makes the same year.
class Team
{
public:
    static constexpr int daysOfAYear = 365;

    /// `correlation` is that of the effects of neighbouring days.
    Team(const TeamSize& size, double correlation, const Oddities& oddities);

    const TeamSize& size() const { return m_size; }
    Year year(std::uint64_t seed, const Course& course = {}) const;

private:
    struct Day;
    struct Hour;

    void addDay(Year& year, const Day& day, Random& random) const;
    void addHour(Year& year, const Day& day, const Hour& hour, Random& random) const;
    void addNightlyReport(Year& year, const Day& day, Random& random) const;
    void addBursts(Year& year, const Day& day, Random& random) const;
    double usersOf(const Day& day, Random& random) const;
    Tally checks(double count, double failing, const Distribution& durations, Random& random) const;

    TeamSize m_size;
    double m_correlation;
    Oddities m_oddities;
    Distribution m_violations; ///< of a check that has some, less one
    Distribution m_quarters;   ///< of a day
};

} // namespace prism::simulation
