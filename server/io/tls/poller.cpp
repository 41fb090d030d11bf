#include "server/io/tls/poller.h"

#include <algorithm>
#include <sys/eventfd.h>

namespace prism::io::tls {

namespace {

constexpr std::size_t eventsAtATime = 256;

} // namespace

Poller::Poller()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_events(eventsAtATime)
{
    if (!isOpen())
        return;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = nullptr;
    ::epoll_ctl(m_epoll.number(), EPOLL_CTL_ADD, m_wake.number(), &event);
}

bool Poller::add(int socket, void* owner)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = owner;
    return ::epoll_ctl(m_epoll.number(), EPOLL_CTL_ADD, socket, &event) == 0;
}

void Poller::remove(int socket)
{
    ::epoll_ctl(m_epoll.number(), EPOLL_CTL_DEL, socket, nullptr);
}

std::span<const epoll_event> Poller::wait(int milliseconds)
{
    const int count = ::epoll_wait(m_epoll.number(), m_events.data(), int(m_events.size()), milliseconds);
    const auto begin = m_events.begin();
    const auto end = std::remove_if(begin, begin + std::max(count, 0), [this](const epoll_event& event) {
        if (event.data.ptr != nullptr)
            return false;
        eventfd_t times = 0;
        (void)::eventfd_read(m_wake.number(), &times);
        return true;
    });
    return {begin, end};
}

void Poller::wake()
{
    (void)::eventfd_write(m_wake.number(), 1);
}

} // namespace prism::io::tls
