#pragma once

#include "tests/bench/clock.h"
#include "tests/bench/file_descriptor.h"

#include <queue>

#include <cstdint>
#include <functional>
#include <vector>

namespace prism::bench {

/// Is told when a descriptor can be read or written.
class SocketHandler
{
public:
    virtual ~SocketHandler() = default;

    /// `events` as of epoll_wait(2).
    virtual void handle(std::uint32_t events) = 0;
};

/// An epoll loop with timers, of one thread. SIGINT and SIGTERM, where they are blocked, end it by
/// Interrupted, so that everything that was started is put away.
class EventLoop
{
public:
    EventLoop();

    /// The handler must stay where it is until forget() or until the descriptor is closed.
    void watch(int fd, std::uint32_t events, SocketHandler& handler);
    void change(int fd, std::uint32_t events, SocketHandler& handler);

    /// Calls `task` once at `when`, or as soon after it as the loop gets there (within a millisecond when
    /// idle).
    void at(Clock::time_point when, std::function<void()> task);

    /// Runs until `done` holds, which is looked at after each round of events. False when `deadline` came
    /// first.
    bool runUntil(Clock::time_point deadline, const std::function<bool()>& done);
    void runFor(Clock::duration duration);

private:
    struct Timer
    {
        Clock::time_point when;
        std::uint64_t order = 0;
        std::function<void()> task;

        bool operator<(const Timer& other) const
        {
            return when != other.when ? when > other.when : order > other.order;
        }
    };

    void control(int operation, int fd, std::uint32_t events, SocketHandler* handler);
    void runTimers();

    FileDescriptor m_epoll;
    FileDescriptor m_signals;
    std::priority_queue<Timer> m_timers;
    std::uint64_t m_timerCount = 0;
};

} // namespace prism::bench
