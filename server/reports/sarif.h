#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// SARIF 2.1.0 (OASIS): each of its runs. Results of another kind than fail, and those that a baseline says
/// are gone, are left out; what was suppressed is a false positive, unless that was rejected or is under
/// review. Error is BLOCK, warning WARNING, note and none INFO. A run that says that it failed has a
/// violation `tool-failed`: a warning, BLOCK where there is no result.
protocol::Result<Report> readSarif(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
