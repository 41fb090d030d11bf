#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>

namespace prism::telemetry {

/// How fast a counter rises, measured over the last minute. Belongs to one thread.
class Rate
{
public:
    using Clock = std::chrono::steady_clock;

    /// Notes what the counter says. Call about once a second.
    void sample(Clock::time_point now, quint64 value);

    /// Per second, from the oldest sample that is kept to `value` now; 0 before any time has passed.
    double perSecond(Clock::time_point now, quint64 value) const;

private:
    struct Sample
    {
        Clock::time_point time;
        quint64 value;
    };

    std::deque<Sample> m_samples;
};

} // namespace prism::telemetry
