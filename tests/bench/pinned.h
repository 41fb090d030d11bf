#pragma once

#include <sched.h>
#include <sys/types.h>

namespace prism::bench {

/// As long as it lives, a server has one core for itself and this program another one: a server that sends
/// from all cores fights its own load generator on a small machine, which no real client does. Afterwards
/// both may run where this program might before. Threads that either starts meanwhile are pinned with it.
class Pinned
{
public:
    /// Not with `server` 0, a process whose threads cannot be moved, or a single core.
    explicit Pinned(pid_t server);
    ~Pinned();
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

    explicit operator bool() const { return m_isPinned; }

private:
    const pid_t m_server;
    cpu_set_t m_before;
    bool m_isPinned = false;
};

} // namespace prism::bench
