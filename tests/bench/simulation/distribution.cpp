#include "tests/bench/simulation/distribution.h"

#include <algorithm>
#include <numeric>

namespace prism::simulation {

Distribution::Distribution(std::vector<double> weights)
    : m_below(std::move(weights))
{
    m_below.insert(m_below.begin(), 0);
    std::partial_sum(m_below.begin(), m_below.end(), m_below.begin());
}

std::size_t Distribution::draw(Random& random) const
{
    return drawFrom(0, random);
}

double Distribution::share(std::size_t outcome) const
{
    return (m_below[outcome + 1] - m_below[outcome]) / m_below.back();
}

std::size_t Distribution::drawFrom(std::size_t first, Random& random) const
{
    const double drawn = m_below[first] + random.fraction() * (m_below.back() - m_below[first]);
    const auto above =
        std::upper_bound(m_below.begin() + std::ptrdiff_t(first) + 1, m_below.end() - 1, drawn);
    return std::size_t(above - m_below.begin()) - 1;
}

} // namespace prism::simulation
