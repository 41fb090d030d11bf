#pragma once

#include "server/api/routes.h"
#include "server/api/status_json.h"

#include <QTimeZone>

namespace prism::api {

/// /metrics: how the server does, for a Prometheus; /api/v1/system/status: the same for people. Lives on its
/// worker's thread.
class MetricsApi
{
public:
    /// `epoch` and `zone` are those of the database; all is borrowed.
    MetricsApi(telemetry::Telemetry& telemetry, const QString& epoch, const QTimeZone& zone, Routes& routes);

private:
    http::Response metrics(const http::Request& request) const;
    Status status(const http::Request& request) const;

    telemetry::Telemetry& m_telemetry;
    const QString& m_epoch;
    const QTimeZone& m_zone;
};

} // namespace prism::api
