#pragma once

#include "tests/bench/simulation/table.h"
#include "tests/bench/simulation/team.h"

namespace prism::simulation {

/// A team, and one of its years in which nothing changes.
struct Subject
{
    const Team& team;
    std::uint64_t seed;
    const Year& unchanged;

    Year changed(const Course& course) const { return team.year(seed, course); }
};

/// Asks the server's statistics of the years of one team what they say, and counts how often that is wrong,
/// and how often they say nothing of what there is.
class Judge
{
public:
    virtual ~Judge() = default;

    virtual void see(const Subject& subject) = 0;
    virtual void report(Table& table, std::size_t size) const = 0;
};

} // namespace prism::simulation
