#pragma once

#include "server/api/routes.h"
#include "server/service/tickets.h"

namespace prism::api {

/// /api/v1/auth/ticket: something to sign in by where no header can be sent. Lives on its worker's thread.
class TicketsApi
{
public:
    TicketsApi(service::Tickets& tickets, Routes& routes);

private:
    protocol::Result<http::Response> make(const http::Request& request) const;

    service::Tickets& m_tickets;
};

} // namespace prism::api
