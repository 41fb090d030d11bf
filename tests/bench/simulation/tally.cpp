#include "tests/bench/simulation/tally.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace prism::simulation {

namespace {

constexpr double shortest = 5; ///< ms
constexpr double growth = 1.1;

} // namespace

double Durations::from(std::size_t step)
{
    return shortest * std::pow(growth, double(step));
}

void Durations::operator+=(const Durations& other)
{
    for (std::size_t step = 0; step < steps; ++step)
        m_checks[step] += other.m_checks[step];
}

double Durations::mean() const
{
    constexpr double middle = (1 + growth) / 2;
    double sum = 0;
    double checks = 0;
    double begin = shortest;
    for (const float each : m_checks) {
        sum += double(each) * begin * middle;
        checks += double(each);
        begin *= growth;
    }
    return sum / checks;
}

double Durations::percentile(double share) const
{
    double left = share * std::accumulate(m_checks.begin(), m_checks.end(), 0.0);
    std::size_t step = 0;
    while (step + 1 < steps && left > double(m_checks.at(step)))
        left -= double(m_checks.at(step++));
    const double within = m_checks.at(step) > 0 ? left / double(m_checks.at(step)) : 0;
    return from(step) * std::pow(growth, within);
}

double Durations::longerThan(double limit) const
{
    double longer = 0;
    const double limitStep = std::floor(std::log(limit / shortest) / std::log(growth));
    for (auto step = std::size_t(std::max(limitStep + 1, 0.0)); step < steps; ++step)
        longer += double(m_checks[step]);
    return longer;
}

void Tally::operator+=(const Tally& other)
{
    if (other.checks == 0) // most are, at night
        return;
    checks += other.checks;
    failed += other.failed;
    violations += other.violations;
    reported += other.reported;
    hits += other.hits;
    durations += other.durations;
}

} // namespace prism::simulation
