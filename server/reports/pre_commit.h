#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// What pre-commit prints: each hook that failed is one BLOCK violation of the hook's id. What the hooks
/// themselves print is passed over.
protocol::Result<Report> readPreCommit(const QByteArray& bytes, const IsEnough& isEnough);

/// Whether this is a line in which pre-commit says how a hook ended.
bool isPreCommitLine(QStringView line);

} // namespace prism::reports
