#pragma once

#include "tests/bench/clock.h"

#include <cstddef>
#include <vector>

namespace prism::bench {

/// Every single duration that was measured; percentiles are by nearest rank, not estimated.
class Latencies
{
public:
    void add(Clock::duration duration) { m_samples.push_back(duration); }
    void add(const Latencies& other);
    std::size_t count() const { return m_samples.size(); }

    /// In milliseconds, for a fraction above 0 and up to 1; 0 when nothing was measured.
    double at(double fraction) const;

private:
    mutable std::vector<Clock::duration> m_samples;
};

/// The middle one, or the mean of the two in the middle; 0 of nothing.
double median(std::vector<double> values);

} // namespace prism::bench
