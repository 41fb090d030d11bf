#include "server/app/standard_streams.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace prism::app {

void openStandardStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) != -1)
            continue;
        // The lowest number that is free is this one. Without it nothing can be begun.
        if (::open("/dev/null", O_RDWR) != stream)
            std::_Exit(EXIT_FAILURE);
    }
}

} // namespace prism::app
