#pragma once

#include "server/api/answers.h"
#include "server/http/router.h"

namespace prism::api {

/// The routes of one worker. Beside member functions that reply on their own, they take such as return what
/// is to be answered: a struct, a response, or the error that there is instead. Lives on its worker's thread.
class Routes : public http::Router
{
public:
    using http::Router::add;

    /// Has what a member function of `endpoint`, which outlives the routes, returns be answered.
    template <typename Endpoint, typename Returned>
    void add(const char* method, const char* pattern, protocol::Role role, Endpoint& endpoint,
             Returned (Endpoint::*answer)(const http::Request&) const)
    {
        add(http::Route{method, pattern, role,
                        [&endpoint, answer](const http::Request& request, const http::Reply& reply) {
                            reply(respond(request, (endpoint.*answer)(request)));
                        }});
    }
};

} // namespace prism::api
