#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// JUnit's XML, as test programs of all languages write it. Each <failure> and <error> of a test is a BLOCK
/// violation, and the test, by class and name, its principle. Tests that were skipped, or passed when they
/// were run again, are no violations. The duration is that of the outermost suites that say theirs.
protocol::Result<Report> readJunit(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
