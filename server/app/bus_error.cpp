#include "server/app/bus_error.h"

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace prism::app {

namespace {

/// On whichever thread it was: only what is safe in a signal. A pipe that nobody reads is not waited for.
void end(int /*number*/)
{
    constexpr std::string_view text =
        "prism-server: a file of the database that is mapped into memory was cut "
        "by another program, or its disk is gone; ending, so that a start makes "
        "it anew\n";
    pollfd out{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&out, 1, 0) == 1 && ::write(STDERR_FILENO, text.data(), text.size()) < 0)
        std::_Exit(EXIT_FAILURE);
    std::_Exit(EXIT_FAILURE);
}

} // namespace

void endOnBusError()
{
    std::signal(SIGBUS, end);
}

} // namespace prism::app
