#include "server/api/tickets_api.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/timestamp.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Request;
using http::Response;
using protocol::Result;
using protocol::Role;
using service::Tickets;

TicketsApi::TicketsApi(Tickets& tickets, Routes& routes)
    : m_tickets(tickets)
{
    routes.add("POST", "/api/v1/auth/ticket", http::orLimited(Role::Somebody), *this, &TicketsApi::make);
}

Result<Response> TicketsApi::make(const Request& request) const
{
    PRISM_TRY_ASSIGN(const QByteArray ticket, m_tickets.make({request.user, request.userProof}));
    const QJsonObject json{
        {QLatin1String("ticket"), QString::fromLatin1(ticket)},
        {QLatin1String("expiresAt"), protocol::toIso(protocol::now() + Tickets::lifetime)}};
    Response response = success(request, protocol::writtenJson(json));
    response.status = 201;
    response.addHeader("Cache-Control", "no-store");
    return response;
}

} // namespace prism::api
