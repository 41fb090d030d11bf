#pragma once

#include <optional>
#include <sys/types.h>

namespace prism::bench {

/// What a process has used so far, as /proc tells it.
struct ProcessUsage
{
    double cpuSeconds = 0;
    double residentBytes = 0;

    /// Nothing for a process that is not there or not known (pid 0).
    static std::optional<ProcessUsage> of(pid_t pid);
};

} // namespace prism::bench
