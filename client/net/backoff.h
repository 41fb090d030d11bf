#pragma once

#include <chrono>
#include <functional>

namespace prism::net {

/// How long to wait before each attempt: the first time exactly `first`, then twice as long each time up to
/// `longest`, each spread over its upper half so that many clients do not come back at the same moment.
class Backoff
{
public:
    /// `jitter` gives a number from 0 to 1; random when empty.
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest,
            std::function<double()> jitter);

    std::chrono::milliseconds next();
    void reset() { m_attempts = 0; }

private:
    const std::chrono::milliseconds m_first;
    const std::chrono::milliseconds m_longest;
    const std::function<double()> m_jitter;
    int m_attempts = 0;
};

} // namespace prism::net
