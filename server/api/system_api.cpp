#include "server/api/system_api.h"

#include "server/store/tables/event_reader.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"
#include "shared/protocol/version.h"

#include <QFile>

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Role;

SystemApi::SystemApi(store::ReadConnection& database, ReadyProbe& probe, const QString& epoch, Routes& routes)
    : m_database(database)
    , m_probe(probe)
    , m_epoch(epoch)
{
    routes.add("GET", "/health", Role::Anyone, *this, &SystemApi::health);
    routes.add("GET", "/api/v1/openapi.json", Role::Viewer, *this, &SystemApi::description);
    routes.add("GET", "/ready", Role::Anyone, *this, &SystemApi::ready);
}

protocol::Result<http::Response> SystemApi::description(const Request& /*request*/) const
{
    QFile file(QStringLiteral(":/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        return protocol::Failure(
            protocol::Error{protocol::ErrorCode::Internal, QStringLiteral("The description is missing.")});
    http::Response response;
    response.body = file.readAll();
    return response;
}

/// Its status is at the top too, where probes look for it.
http::Response SystemApi::health(const Request& request) const
{
    constexpr QLatin1String statusField("status");
    const QString status = QStringLiteral("ok");
    const QJsonObject data{{statusField, status}, {QLatin1String("version"), QString::fromLatin1(version)}};
    http::Response response;
    response.body =
        protocol::toldEnvelope(statusField, status, protocol::writtenJson(data), request.id, protocol::now());
    return response;
}

/// Ready means that a write gets through to the disk, so one is sent the whole way.
protocol::Result<void> SystemApi::ready(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const auto head, store::EventReader(m_database).head());
    m_probe.ask([request, reply, epoch = m_epoch, seq = head](const protocol::Result<void>& written) {
        if (!written)
            return reply(failure(request.id, written.error()));
        reply(success(request, QJsonObject{{QLatin1String("status"), QStringLiteral("ready")},
                                           {QLatin1String("epoch"), epoch},
                                           {QLatin1String("seq"), qint64(seq)}}));
    });
    return {};
}

} // namespace prism::api
