#pragma once

#include <cstdint>

namespace prism::simulation {

/// Random numbers by SplitMix64: the same for the same seed, whichever library is there. The standard's
/// distributions differ from one to the next.
class Random
{
public:
    explicit Random(std::uint64_t seed);

    /// From 0 up to, but not, 1.
    double fraction();

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

    std::uint64_t m_state;
};

} // namespace prism::simulation
