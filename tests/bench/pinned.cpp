#include "tests/bench/pinned.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace prism::bench {

namespace {

/// Moves all threads of a process; whether each of them was. A thread may start while this goes over them, so
/// it does so until it finds nobody new.
bool moveTo(pid_t process, const cpu_set_t& cores)
{
    const std::filesystem::path threads = "/proc/" + std::to_string(process) + "/task";
    std::size_t seen = 0;
    for (;;) {
        std::size_t found = 0;
        std::error_code error;
        for (const auto& thread : std::filesystem::directory_iterator(threads, error)) {
            ++found;
            if (sched_setaffinity(std::stoi(thread.path().filename()), sizeof cores, &cores) != 0)
                return false;
        }
        if (error || found == 0)
            return false;
        if (found == seen)
            return true;
        seen = found;
    }
}

/// The `number`th of the set, from 0 on; empty when there are not as many.
cpu_set_t oneOf(const cpu_set_t& cores, int number)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (CPU_ISSET(core, &cores) && number-- == 0) {
            CPU_SET(core, &one);
            break;
        }
    }
    return one;
}

} // namespace

Pinned::Pinned(pid_t server)
    : m_server(server)
{
    CPU_ZERO(&m_before);
    if (server <= 0 || sched_getaffinity(0, sizeof m_before, &m_before) != 0 || CPU_COUNT(&m_before) < 2)
        return;
    m_isPinned = moveTo(server, oneOf(m_before, 0)) && moveTo(getpid(), oneOf(m_before, 1));
    if (!m_isPinned)
        moveTo(server, m_before);
}

Pinned::~Pinned()
{
    if (!m_isPinned)
        return;
    moveTo(m_server, m_before);
    moveTo(getpid(), m_before);
}

} // namespace prism::bench
