#pragma once

#include "server/api/answers.h"
#include "server/api/read_pool.h"
#include "server/api/reading.h"
#include "server/http/content_coding.h"

namespace prism::api {

/// Has requests answered by the readers. Lives on its worker's thread; the pool outlives it.
class Reads
{
public:
    explicit Reads(ReadPool& pool)
        : m_pool(pool)
    {
    }

    /// Calls `work` on a reader's thread. It returns what is answered: a struct, a response, or the error
    /// there is instead; or, when somebody else answers, a Result<void> whose error says that nobody will.
    /// What was broken off is answered by the reason alone, whatever came of it.
    template <typename Work>
    protocol::Result<void> submit(const http::Request& request, const http::Reply& reply, Effort effort,
                                  Work work) const
    {
        using Outcome = std::invoke_result_t<Work&, Reading&>;
        const auto answer = [id = request.id, reply](const protocol::Error& error) {
            reply(failure(id, error));
        };
        m_pool.submit({request.peer, effort, std::size_t(request.body.size()),
                       m_pool.patience(request.client, effort),
                       [request, reply, answer, work = std::move(work)](Reading& reading) mutable {
                           if constexpr (std::is_same_v<Outcome, protocol::Result<void>>) {
                               const Outcome taken = work(reading);
                               if (!taken)
                                   answer(reading.patience.reason().value_or(taken.error()));
                           } else {
                               http::Response response = respond(request, work(reading));
                               http::compress(request, response); // here, where nobody waits for it
                               if (const auto& reason = reading.patience.reason())
                                   answer(*reason);
                               else
                                   reply(std::move(response));
                           }
                       },
                       answer, request.user});
        return {};
    }

    /// How long what is read for the request on this thread is worth waiting for.
    Patience patience(const http::Request& request, Effort effort) const
    {
        Patience patience = m_pool.patience(request.client, effort);
        patience.begin();
        return patience;
    }

private:
    ReadPool& m_pool;
};

} // namespace prism::api
