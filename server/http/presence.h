#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace prism::http {

/// Whether the client of a connection is there. Noted on the connection's thread, asked from any.
class Presence
{
public:
    using Clock = std::chrono::steady_clock;

    /// The client sends nothing more, and perhaps reads nothing more. Only the first time counts.
    void end()
    {
        Clock::rep still = there;
        m_end.compare_exchange_strong(still, Clock::now().time_since_epoch().count(),
                                      std::memory_order_relaxed);
    }

    bool isOver() const { return m_end.load(std::memory_order_relaxed) != there; }

    /// For how long it has been over.
    bool isOverFor(Clock::duration least) const
    {
        const Clock::rep end = m_end.load(std::memory_order_relaxed);
        return end != there && Clock::now() - Clock::time_point(Clock::duration(end)) >= least;
    }

private:
    static constexpr Clock::rep there = 0;

    std::atomic<Clock::rep> m_end{there};
};

} // namespace prism::http
