#include "tests/bench/simulation/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace prism::simulation {

namespace {

constexpr double fewOnTheAverage = 30;

} // namespace

int Random::below(int limit)
{
    return int(fraction() * limit);
}

double Random::normal()
{
    const double radius = std::sqrt(-2 * std::log(1 - fraction()));
    return radius * std::cos(2 * std::numbers::pi * fraction());
}

double Random::rounded(double mean, double variance, double most)
{
    return std::clamp(std::round(mean + normal() * std::sqrt(variance)), 0.0, most);
}

double Random::poisson(double mean)
{
    if (mean >= fewOnTheAverage)
        return rounded(mean, mean, std::numeric_limits<double>::max());
    double count = 0;
    double share = std::exp(-mean);
    for (double left = fraction() - share; left >= 0 && share > 0; left -= share)
        share *= mean / ++count;
    return count;
}

double Random::binomial(double tries, double probability)
{
    if (probability > 0.5)
        return tries - binomial(tries, 1 - probability);
    const double mean = tries * probability;
    if (mean >= fewOnTheAverage)
        return rounded(mean, mean * (1 - probability), tries);
    double count = 0;
    double share = std::exp(tries * std::log1p(-probability));
    for (double left = fraction() - share; left >= 0 && count < tries; left -= share) {
        share *= (tries - count) / (count + 1) * probability / (1 - probability);
        ++count;
    }
    return count;
}

} // namespace prism::simulation
