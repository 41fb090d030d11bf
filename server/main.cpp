#include "server/app/command_line.h"

extern "C" {
/// Read by jemalloc at the start: what is not needed any more goes back to the system while nothing happens,
/// too.
extern const char* const malloc_conf;
const char* const malloc_conf = "background_thread:true";
}

int main(int argc, char* argv[])
{
    return prism::app::runCommandLine(argc, argv);
}
