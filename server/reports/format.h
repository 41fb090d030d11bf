#pragma once

#include "server/reports/input.h"
#include "server/reports/report.h"
#include "shared/protocol/report_format.h"

namespace prism::reports {

using Format = protocol::ReportFormat;
inline constexpr auto& formatNames = protocol::reportFormatNames;

/// What a file says, in this format or in that which it looks like. The error names the place in it, a line
/// or a path, and what is wrong there. Broken off, and Unavailable, when it is enough.
protocol::Result<Report> readReport(Format format, const QByteArray& bytes, const IsEnough& isEnough = {});

/// What a file looks like, from what is in it. BadFormat where it looks like nothing that is known.
protocol::Result<Format> formatOf(const QByteArray& bytes);

} // namespace prism::reports
