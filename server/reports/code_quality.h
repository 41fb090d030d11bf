#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// GitLab's Code Quality, a list of issues in JSON: blocker and critical are BLOCK, major and minor WARNING,
/// info INFO; `check_name` is the principle.
protocol::Result<Report> readCodeQuality(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
