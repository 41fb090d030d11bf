#pragma once

#include <atomic>
#include <memory>

namespace prism::http {

/// Counts the connections that are open, HTTP and WebSocket alike. Shared by all threads.
class ConnectionQuota
{
public:
    explicit ConnectionQuota(int limit)
        : m_limit(limit)
    {
    }

    /// Keeps one place taken for as long as it lives.
    using Ticket = std::shared_ptr<void>;

    /// A ticket, or null when all places are taken. The quota outlives its tickets.
    Ticket take()
    {
        if (m_taken.fetch_add(1, std::memory_order_relaxed) >= m_limit) {
            m_taken.fetch_sub(1, std::memory_order_relaxed);
            return nullptr;
        }
        return {this, [](ConnectionQuota* quota) { quota->m_taken.fetch_sub(1, std::memory_order_relaxed); }};
    }

    int taken() const { return m_taken.load(std::memory_order_relaxed); }

private:
    const int m_limit;
    std::atomic<int> m_taken{0};
};

} // namespace prism::http
