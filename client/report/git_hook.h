#pragma once

#include "client/report/request.h"

namespace prism::report {

/// Installs a hook of Git in the clone of the present folder: one that runs the command, and reports it, or,
/// without a command, one that has the server judge the change. What somebody else put there stays. Returns
/// the exit code.
int installHook(const Request& request);

} // namespace prism::report
