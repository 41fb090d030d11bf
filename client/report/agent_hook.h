#pragma once

#include "client/report/request.h"

namespace prism::report {

/// The hook of a coding agent: reads from standard input which tool it is about to call and with what, as
/// JSON, and has that judged. Returns the exit code, in the agents' terms: 0 lets the tool be called, and
/// with 2 the agent reads from standard error why it must not.
int agentHook(const Request& request);

} // namespace prism::report
