#pragma once

#include <chrono>
#include <stdexcept>

namespace prism::bench {

using Clock = std::chrono::steady_clock;

inline double secondsOf(Clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

inline Clock::duration fromSeconds(double seconds)
{
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// Why a measurement cannot be taken; ends the run with its text.
class BenchError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Somebody wants the run to end; no measurement goes on after it.
class Interrupted : public std::runtime_error
{
public:
    Interrupted()
        : std::runtime_error("interrupted")
    {
    }
};

} // namespace prism::bench
