#pragma once

#include "server/telemetry/telemetry.h"

namespace prism::api {

/// The figures in Prometheus' text format: the one place that knows the metrics' names and help texts.
QByteArray metricsText(const telemetry::Figures& figures);

} // namespace prism::api
