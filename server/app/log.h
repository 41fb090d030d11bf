#pragma once

#include "server/app/config.h"

namespace prism::app {

/// Sends every log entry to standard error, one a line, in the form and from the level asked for.
void installLog(LogLevel level, LogFormat format);

} // namespace prism::app
