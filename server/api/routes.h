#pragma once

#include "server/api/answers.h"
#include "server/http/router.h"

#include <initializer_list>

namespace prism::api {

/// The routes of one worker, each answered by a member function. Lives on its worker's thread.
class Routes : public http::Router
{
public:
    /// Has a member function of `endpoint`, which outlives the routes, answer. It takes the request and
    /// returns what is to be answered: a struct, a response, or the error that there is instead. Or it takes
    /// the reply too, for somebody to answer by later, and returns the error when nobody will.
    ///
    /// `query` names the parameters that its QueryReader can read: no other.
    template <typename Endpoint, typename Member>
    void add(const char* method, const char* pattern, const http::Audience& audience, Endpoint& endpoint,
             Member answer, std::initializer_list<const char*> query = {},
             http::Route::Body body = http::Route::Body::Ordinary)
    {
        QStringList parameters;
        for (const char* name : query)
            parameters.append(QString::fromLatin1(name));
        Router::add({method, pattern, audience,
                     [&endpoint, answer](const http::Request& request, const http::Reply& reply) {
                         if constexpr (std::is_invocable_v<Member, Endpoint&, const http::Request&>) {
                             reply(respond(request, (endpoint.*answer)(request)));
                         } else {
                             const protocol::Result<void> taken = (endpoint.*answer)(request, reply);
                             if (!taken)
                                 reply(failure(request.id, taken.error()));
                         }
                     },
                     body, parameters});
    }
};

} // namespace prism::api
