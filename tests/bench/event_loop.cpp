#include "tests/bench/event_loop.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <system_error>

namespace prism::bench {

EventLoop::EventLoop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    sigset_t handled;
    sigemptyset(&handled);
    sigaddset(&handled, SIGINT);
    sigaddset(&handled, SIGTERM);
    m_signals = FileDescriptor(signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
    control(EPOLL_CTL_ADD, m_signals.get(), EPOLLIN, nullptr);
}

void EventLoop::watch(int fd, std::uint32_t events, SocketHandler& handler)
{
    control(EPOLL_CTL_ADD, fd, events, &handler);
}

void EventLoop::change(int fd, std::uint32_t events, SocketHandler& handler)
{
    control(EPOLL_CTL_MOD, fd, events, &handler);
}

void EventLoop::control(int operation, int fd, std::uint32_t events, SocketHandler* handler)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = handler;
    if (epoll_ctl(m_epoll.get(), operation, fd, &event) != 0)
        throw BenchError("epoll_ctl: " + std::system_category().message(errno));
}

void EventLoop::at(Clock::time_point when, std::function<void()> task)
{
    m_timers.push({when, ++m_timerCount, std::move(task)});
}

void EventLoop::runTimers()
{
    while (!m_timers.empty() && m_timers.top().when <= Clock::now()) {
        const std::function<void()> task = m_timers.top().task;
        m_timers.pop();
        task();
    }
}

bool EventLoop::runUntil(Clock::time_point deadline, const std::function<bool()>& done)
{
    std::array<epoll_event, 512> events{};
    while (!done()) {
        const Clock::time_point now = Clock::now();
        if (now >= deadline)
            return false;
        Clock::time_point next = deadline;
        if (!m_timers.empty())
            next = std::min(next, m_timers.top().when);
        const auto wait =
            std::chrono::ceil<std::chrono::milliseconds>(std::max(next - now, Clock::duration(0)));
        const int count = epoll_wait(m_epoll.get(), events.data(), int(events.size()), int(wait.count()));
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[std::size_t(i)];
            if (event.data.ptr == nullptr)
                throw Interrupted();
            static_cast<SocketHandler*>(event.data.ptr)->handle(event.events);
        }
        runTimers();
    }
    return true;
}

void EventLoop::runFor(Clock::duration duration)
{
    runUntil(Clock::now() + duration, [] { return false; });
}

} // namespace prism::bench
