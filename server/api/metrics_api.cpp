#include "server/api/metrics_api.h"

#include "server/api/answers.h"
#include "server/api/metrics_text.h"
#include "server/api/status_json.h"
#include "server/store/migrations.h"
#include "server/telemetry/text_encoder.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Role;

MetricsApi::MetricsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/metrics", Role::Viewer, *this, &MetricsApi::metrics);
    router.add("GET", "/api/v1/system/status", Role::Viewer, *this, &MetricsApi::status);
}

void MetricsApi::metrics(const Request&, const Reply& reply) const
{
    http::Response response;
    response.contentType = telemetry::TextEncoder::contentType;
    response.body = metricsText(m_context.telemetry.figures());
    reply(response);
}

void MetricsApi::status(const Request& request, const Reply& reply) const
{
    QJsonObject status = statusJson(m_context.telemetry.figures());
    status.insert(QLatin1String("epoch"), m_context.epoch);
    status.insert(QLatin1String("zone"), QString::fromUtf8(m_context.zone.id()));
    QJsonObject database = status.value(QLatin1String("database")).toObject();
    // A server that runs has brought its database to the newest schema.
    database.insert(QLatin1String("schema"), store::newestSchema());
    status.insert(QLatin1String("database"), database);
    reply(success(request, status));
}

} // namespace prism::api
