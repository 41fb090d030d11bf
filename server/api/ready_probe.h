#pragma once

#include "server/store/writing/write_queue.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace prism::api {

/// Finds out whether a write gets through to the disk by sending one the whole way, one a second for all who
/// ask: to ask often costs the disk nothing. Used from any thread; the queue outlives it.
class ReadyProbe
{
public:
    /// Called with how the probe went: on the writer's thread or the caller's.
    using Told = std::function<void(const protocol::Result<void>&)>;

    /// `most` is how long a disk may take to answer.
    ReadyProbe(store::WriteQueue& writes, std::chrono::milliseconds most)
        : m_writes(writes)
        , m_most(most)
    {
    }

    /// Tells once, within the time there is: a disk that does not answer is not ready. `here` lives on the
    /// caller's thread, which has an event loop; once it is gone nobody may be told.
    void ask(const QObject& here, Told told);

private:
    using Clock = std::chrono::steady_clock;

    struct Waiting
    {
        quint64 id = 0;
        Told told;
    };

    void settle(const protocol::Result<void>& result);
    void giveUp(quint64 id);
    protocol::Error late() const;

    store::WriteQueue& m_writes;
    const std::chrono::milliseconds m_most;
    std::mutex m_mutex;
    std::optional<protocol::Result<void>>
        m_last; ///< how the probe went that began at m_begun; nothing before
    Clock::time_point m_begun;
    bool m_isUnderWay = false;
    std::vector<Waiting> m_waiting; ///< for the one under way
    quint64 m_lastId = 0;
};

} // namespace prism::api
