#pragma once

#include "server/reports/input.h"
#include "server/reports/notes.h"
#include "server/reports/report.h"

#include <QJsonObject>

namespace prism::reports {

/// What one run of SARIF found, see readSarif(). `path` is where it stands in the file.
protocol::Result<Run> readSarifRun(const QJsonObject& run, const QString& path, Notes& notes,
                                   const IsEnough& isEnough);

} // namespace prism::reports
