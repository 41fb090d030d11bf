#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"

namespace prism::reports {

/// reviewdog's diagnostics, as one object (rdjson) or one a line (rdjsonl): ERROR is BLOCK, WARNING WARNING,
/// INFO INFO, by word or by number; one that does not say has the severity of the whole, else it is a
/// WARNING. The principle is the code, else the name of the source.
protocol::Result<Report> readRdjson(const QByteArray& bytes, const IsEnough& isEnough);

} // namespace prism::reports
