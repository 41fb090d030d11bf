#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"

namespace prism::api {

/// /api/v1/retros: retrospectives. Lives on its worker's thread.
class RetrosApi
{
public:
    RetrosApi(const Context& context, http::Router& router);

private:
    void create(const http::Request& request, const http::Reply& reply) const;
    void list(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
    const Writes m_writes;
};

} // namespace prism::api
