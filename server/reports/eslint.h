#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// What ESLint's formatters json and json-with-metadata write: severity 2 is BLOCK, 1 WARNING, what was
/// suppressed a false positive.
protocol::Result<Report> readEslint(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
