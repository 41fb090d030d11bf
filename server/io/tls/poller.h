#pragma once

#include "server/io/descriptor.h"

#include <QtGlobal>

#include <span>
#include <sys/epoll.h>
#include <vector>

namespace prism::io::tls {

/// Waits for many sockets at once. Each is told of when it becomes readable or writable, not while it is
/// (edge-triggered): whoever is told goes on until there is nothing left. Belongs to one thread; wake() may
/// be called from any.
class Poller
{
public:
    Poller();

    /// Whether there were descriptors for it. One that is not open is not to be used.
    bool isOpen() const { return m_epoll.isOpen() && m_wake.isOpen(); }

    /// Tells of this socket from now on, with `owner` beside it. False when the system has no memory for it.
    bool add(int socket, void* owner);
    void remove(int socket);

    /// What has happened, each with its owner in data.ptr, after `milliseconds` at the latest (-1 for never).
    /// Valid until the next call.
    std::span<const epoll_event> wait(int milliseconds);

    /// Ends a wait, or the next one where none is under way.
    void wake();

private:
    const Descriptor m_epoll;
    const Descriptor m_wake;
    std::vector<epoll_event> m_events;
};

} // namespace prism::io::tls
