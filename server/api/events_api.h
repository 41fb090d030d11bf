#pragma once

#include "server/api/context.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/events: the log of events, for scripts and for dashboards whose push is down. Lives on its
/// worker's thread.
class EventsApi
{
public:
    EventsApi(const Context& context, http::Router& router);

private:
    void list(const http::Request& request, const http::Reply& reply) const;

    const Context m_context;
};

} // namespace prism::api
