#include "server/api/metrics_api.h"

#include "server/api/metrics_text.h"
#include "server/store/migrations.h"
#include "server/telemetry/text_encoder.h"

namespace prism::api {

using http::Request;
using protocol::Role;

MetricsApi::MetricsApi(telemetry::Telemetry& telemetry, const QString& epoch, const QTimeZone& zone,
                       Routes& routes)
    : m_telemetry(telemetry)
    , m_epoch(epoch)
    , m_zone(zone)
{
    routes.add("GET", "/metrics", Role::Viewer, *this, &MetricsApi::metrics);
    routes.add("GET", "/api/v1/system/status", Role::Viewer, *this, &MetricsApi::status);
}

http::Response MetricsApi::metrics(const Request& /*request*/) const
{
    http::Response response;
    response.contentType = telemetry::TextEncoder::contentType;
    response.body = metricsText(m_telemetry.figures());
    return response;
}

/// A server that runs has brought its database to the newest schema.
Status MetricsApi::status(const Request& /*request*/) const
{
    return {m_telemetry.figures(), m_epoch, QString::fromUtf8(m_zone.id()), store::newestSchema()};
}

} // namespace prism::api
