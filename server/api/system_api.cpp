#include "server/api/system_api.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/version.h"

#include <QFile>

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Role;

SystemApi::SystemApi(const Reads& reads, ReadyProbe& probe, const realtime::Publisher& publisher,
                     const QString& epoch, Routes& routes)
    : m_reads(reads)
    , m_probe(probe)
    , m_publisher(publisher)
    , m_epoch(epoch)
{
    routes.add("GET", "/health", Role::Anyone, *this, &SystemApi::health);
    routes.add("GET", "/api/v1/openapi.json", http::orLimited(Role::Viewer), *this, &SystemApi::description);
    routes.add("GET", "/ready", Role::Anyone, *this, &SystemApi::ready);
}

/// Too long for a worker to compress.
protocol::Result<void> SystemApi::description(const Request& request, const Reply& reply) const
{
    return m_reads.submit(
        request, reply, Effort::Bounded, [](const Reading&) -> protocol::Result<http::Response> {
            QFile file(QStringLiteral(":/openapi.json"));
            if (!file.open(QIODevice::ReadOnly))
                return protocol::Failure(protocol::Error{protocol::ErrorCode::Internal,
                                                         QStringLiteral("The description is missing.")});
            http::Response response;
            response.body = file.readAll();
            return response;
        });
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

/// Ready means that a write gets through to the disk, so one is sent the whole way. Nothing is read from the
/// disk here: one that does not answer would keep the worker.
protocol::Result<void> SystemApi::ready(const Request& request, const Reply& reply) const
{
    m_probe.ask(m_here, [request, reply, epoch = m_epoch,
                         seq = m_publisher.backlog().head()](const protocol::Result<void>& written) {
        if (!written)
            return reply(failure(request.id, written.error()));
        reply(success(request, QJsonObject{{QLatin1String("status"), QStringLiteral("ready")},
                                           {QLatin1String("epoch"), epoch},
                                           {QLatin1String("seq"), qint64(seq)}}));
    });
    return {};
}

} // namespace prism::api
