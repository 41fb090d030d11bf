#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"

namespace prism::api {

/// POST /api/v1/gateway/check: judges an intent by the rules and stores the result as a check. Lives on its
/// worker's thread, where it judges.
class GateApi
{
public:
    GateApi(const Context& context, http::Router& router);

private:
    void check(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
    const Writes m_writes;
};

} // namespace prism::api
