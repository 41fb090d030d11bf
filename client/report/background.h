#pragma once

#include "client/report/signals.h"
#include "client/report/spool.h"

namespace prism::report {

/// Has what waits sent: by a process that goes on when this one has ended, or, on a machine that may be gone
/// then, within ten seconds before this returns. Says what is wrong with what was sent before.
void haveSent(const Spool& spool, const Config& config, const Signals& kept);

} // namespace prism::report
