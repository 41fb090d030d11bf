#pragma once

#include "server/store/writing/write_queue.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace prism::api {

/// Finds out whether a write gets through to the disk by sending one the whole way, one a second for all who
/// ask: to ask often costs the disk nothing. Used from any thread; the queue outlives it, and what was asked
/// is told before it goes.
class ReadyProbe
{
public:
    /// Called with how the probe went: on the writer's thread, or at once on the caller's.
    using Told = std::function<void(const protocol::Result<void>&)>;

    explicit ReadyProbe(store::WriteQueue& writes)
        : m_writes(writes)
    {
    }

    void ask(Told told);

private:
    using Clock = std::chrono::steady_clock;

    void settle(const protocol::Result<void>& result);

    store::WriteQueue& m_writes;
    std::mutex m_mutex;
    std::optional<protocol::Result<void>>
        m_last; ///< how the probe went that began at m_begun; nothing before
    Clock::time_point m_begun;
    bool m_isUnderWay = false;
    std::vector<Told> m_waiting; ///< for the one under way
};

} // namespace prism::api
