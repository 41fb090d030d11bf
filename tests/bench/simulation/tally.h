#pragma once

#include <array>
#include <cstddef>

namespace prism::simulation {

/// How many checks took how long, in steps of a tenth, as the server's histogram has them more finely. A
/// plain value.
class Durations
{
public:
    static constexpr std::size_t steps = 96;

    /// Where a step begins, in ms; that of `steps` is where the last ends.
    static double from(std::size_t step);

    void add(std::size_t step, double checks) { m_checks.at(step) += float(checks); }
    void operator+=(const Durations& other);

    /// Both in ms, of one check at least.
    double mean() const;
    double percentile(double share) const;

    /// Checks that took longer than the step in which `limit` lies.
    double longerThan(double limit) const;

private:
    std::array<float, steps> m_checks{};
};

/// What happened in a span of time.
struct Tally
{
    double checks = 0;
    double failed = 0; ///< checks with violations
    double violations = 0;
    double reported = 0; ///< violations of the nightly report
    double hits = 0;     ///< violations, at most 10 of a check
    Durations durations;

    void operator+=(const Tally& other);
};

} // namespace prism::simulation
