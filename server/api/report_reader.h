#pragma once

#include "server/analytics/report.h"
#include "server/api/reading.h"
#include "server/api/window_reading.h"
#include "shared/protocol/json_reader.h"

namespace prism::api {

/// Reads the filters of a report, an object such as {"project":"web","status":["WARNING","BLOCKED"]}; `path`
/// names it in what is noted of it.
analytics::ReportFilters readFilters(const QJsonObject& json, const QString& path,
                                     protocol::Problems& problems);

/// Notes every name that is no metric of a report.
void checkMetrics(const QStringList& metrics, const QString& path, protocol::Problems& problems);

/// The report over a span. Validation when it would have more than 10,000 rows, or need too much memory.
protocol::Result<QList<protocol::ReportRow>> readReport(const WindowReading& reading,
                                                        const analytics::ReportQuery& query,
                                                        const analytics::Span& span, Reading& reader);

} // namespace prism::api
