#pragma once

#include "tests/bench/simulation/random.h"

#include <vector>

namespace prism::simulation {

/// How likely each of some outcomes is, which are numbered from 0.
class Distribution
{
public:
    /// What is more likely than what, on any scale.
    explicit Distribution(std::vector<double> weights);

    std::size_t draw(Random& random) const;
    double share(std::size_t outcome) const;

    /// Calls `take(outcome, how many)` for what comes of so many draws, at a cost that hardly grows with
    /// them.
    template <typename Take>
    void spread(double draws, Random& random, const Take& take) const;

private:
    static constexpr double drawnOneByOne = 24;

    /// One that is `first` or later.
    std::size_t drawFrom(std::size_t first, Random& random) const;

    std::vector<double> m_below; ///< the weight of all before an outcome, and behind the last of all
};

template <typename Take>
void Distribution::spread(double draws, Random& random, const Take& take) const
{
    std::size_t outcome = 0;
    for (; draws > drawnOneByOne && outcome + 2 < m_below.size(); ++outcome) {
        const double share = (m_below[outcome + 1] - m_below[outcome]) / (m_below.back() - m_below[outcome]);
        const double taken = random.binomial(draws, share);
        take(outcome, taken);
        draws -= taken;
    }
    for (; draws > 0; --draws)
        take(drawFrom(outcome, random), 1);
}

} // namespace prism::simulation
