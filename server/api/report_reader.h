#pragma once

#include "server/analytics/report.h"
#include "server/api/reading.h"
#include "server/api/window_reading.h"
#include "shared/protocol/json_reader.h"

namespace prism::api {

/// Reads the filters of a report, an object such as {"project":"web","status":["WARNING","BLOCKED"]}; `path`
/// names it in what is noted of it. Each may be one of `mostNames` texts at most.
analytics::ReportFilters readFilters(const QJsonObject& json, const QString& path, qsizetype mostNames,
                                     protocol::Problems& problems);

/// Notes every name that is no metric of a report.
void checkMetrics(const QStringList& metrics, const QString& path, protocol::Problems& problems);

/// The report over a span. Validation when it would have more rows, or need more memory, than the reader's
/// limits allow.
protocol::Result<QList<protocol::ReportRow>> readReport(const WindowReading& reading,
                                                        const analytics::ReportQuery& query,
                                                        const analytics::Span& span, Reading& reader);

} // namespace prism::api
