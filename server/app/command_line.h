#pragma once

namespace prism::app {

/// Runs prism-server as its command line says. Returns the exit code: 0 done, 1 it could not be done, 2 the
/// command line is wrong.
int runCommandLine(int argc, char* argv[]);

} // namespace prism::app
