#include "tests/bench/latencies.h"

#include <algorithm>
#include <cmath>

namespace prism::bench {

void Latencies::add(const Latencies& other)
{
    m_samples.insert(m_samples.end(), other.m_samples.begin(), other.m_samples.end());
}

double Latencies::at(double fraction) const
{
    if (m_samples.empty())
        return 0;
    const double rank = std::ceil(fraction * double(m_samples.size()));
    const auto place = m_samples.begin() + std::ptrdiff_t(std::max(rank, 1.0)) - 1;
    std::nth_element(m_samples.begin(), place, m_samples.end());
    return secondsOf(*place) * 1000;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace prism::bench
