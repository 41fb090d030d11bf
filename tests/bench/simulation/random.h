#pragma once

#include "tests/bench/split_mix.h"

namespace prism::simulation {

/// Random numbers of the usual distributions: those of the standard differ from one library to the next.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_numbers(seed)
    {
    }

    /// From 0 up to, but not, 1.
    double fraction() { return m_numbers.fraction(); }

    /// From 0 up to, but not, `limit`.
    int below(int limit);

    /// Of the standard normal distribution.
    double normal();

    /// How many of independent events happen of which `mean` do on the average. From 30 on the normal
    /// distribution stands for both.
    double poisson(double mean);
    double binomial(double tries, double probability);

private:
    double rounded(double mean, double variance, double most);

    bench::SplitMix m_numbers;
};

} // namespace prism::simulation
