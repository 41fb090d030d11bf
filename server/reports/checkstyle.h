#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// Checkstyle's XML, which many linters write: each <error> of a <file> is a violation by its `severity`
/// (error, warning, info; ignore is none), its `source` is the principle. Line 0 means the file as a whole.
protocol::Result<Report> readCheckstyle(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
