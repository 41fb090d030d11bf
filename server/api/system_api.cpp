#include "server/api/system_api.h"

#include "server/api/answers.h"
#include "server/store/tables/event_table.h"
#include "server/store/tables/settings_table.h"
#include "shared/protocol/version.h"

#include <QFile>

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Role;

SystemApi::SystemApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/health", Role::Anyone, *this, &SystemApi::health);
    router.add("GET", "/api/v1/openapi.json", Role::Viewer, *this, &SystemApi::description);
    router.add("GET", "/ready", Role::Anyone, *this, &SystemApi::ready);
}

void SystemApi::description(const Request& request, const Reply& reply) const
{
    QFile file(QStringLiteral(":/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        return reply(failure(
            request.id, {protocol::ErrorCode::Internal, QStringLiteral("The description is missing."), {}}));
    http::Response response;
    response.body = file.readAll();
    reply(response);
}

void SystemApi::health(const Request& request, const Reply& reply) const
{
    reply(success(request, QJsonObject{{QLatin1String("status"), QStringLiteral("ok")},
                                       {QLatin1String("version"), QString::fromLatin1(version)}}));
}

/// Ready means that a write gets through to the disk, so one is sent the whole way.
void SystemApi::ready(const Request& request, const Reply& reply) const
{
    const auto head = store::EventTable(m_context.database).head();
    if (!head)
        return reply(failure(request.id, head.error()));
    m_context.writes.submit<bool>(
        [](store::Transaction& transaction) -> protocol::Result<bool> {
            const auto noted =
                store::SettingsTable(transaction.database())
                    .setValue(QStringLiteral("asked_whether_ready"), protocol::toIso(protocol::now()));
            if (!noted)
                return protocol::Failure(noted.error());
            return true;
        },
        [request, reply, epoch = m_context.epoch, seq = *head](const protocol::Result<bool>& written) {
            if (!written)
                return reply(failure(request.id, written.error()));
            reply(success(request, QJsonObject{{QLatin1String("status"), QStringLiteral("ready")},
                                               {QLatin1String("epoch"), epoch},
                                               {QLatin1String("seq"), qint64(seq)}}));
        });
}

} // namespace prism::api
