#pragma once

#include "client/report/request.h"

namespace prism::report {

/// Each does what one command of the command line says, and returns its exit code.
int run(const Request& request);
int send(const Request& request);
int flush(const Request& request);

} // namespace prism::report
