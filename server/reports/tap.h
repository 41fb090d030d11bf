#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// The Test Anything Protocol, versions 12 to 14: each `not ok` without TODO or SKIP is a BLOCK violation by
/// its description, but for a test that failed only because one within it did; and so are tests that were
/// planned and did not run, and a bail out.
protocol::Result<Report> readTap(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
