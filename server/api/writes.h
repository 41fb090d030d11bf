#pragma once

#include "server/http/request.h"
#include "server/service/actor.h"
#include "server/service/once.h"
#include "server/store/writing/write_queue.h"
#include "shared/protocol/try.h"

namespace prism::api {

/// What is answered to a write that was done.
struct Success
{
    QByteArray data; ///< JSON
    int status = 200;
    http::Headers headers = {};
    QString message = {}; ///< beside the data, for a person; none where it is empty
};

/// How much a request that writes so many rows is.
store::Weight weightOf(const http::Request& request, std::size_t rows = 1);

/// Has the use cases of requests carried out by the writer, and their answers made when what they did is on
/// disk, or is refused. A refusal because of the version is 412 when the request carried If-Match.
///
/// With an Idempotency-Key the outcome is remembered in the transaction of the write; the same request under
/// the same key gets the same answer again and writes nothing, another one under that key is refused with
/// 422.
///
/// Lives on its worker's thread; the queue outlives it.
class Writes
{
public:
    /// `remembered` is for how long the outcome of a request with an Idempotency-Key is.
    Writes(store::WriteQueue& queue, std::chrono::milliseconds remembered)
        : m_queue(queue)
        , m_remembered(remembered)
    {
    }

    /// Calls `useCase` on the writer's thread with the transaction, who asks and the input, and `encode` on
    /// the worker's with what came of it. The use case may be called twice.
    template <typename UseCase, typename Input, typename Outcome>
    protocol::Result<void> submit(const http::Request& request, const http::Reply& reply,
                                  const store::Weight& weight, UseCase useCase, Input input,
                                  Success (*encode)(const Outcome&)) const
    {
        using Told = service::Told<Outcome>;
        using protocol::Result;
        PRISM_TRY_ASSIGN(service::Asking asking, askingOf(request));
        m_queue.submit<Told>(
            [useCase = std::move(useCase), input = std::move(input), asking = std::move(asking),
             actor = service::Actor{service::Actor::Kind::LocalPerson, request.peer}](
                store::Transaction& transaction) -> Result<Told> {
                return service::once<Outcome>(transaction, asking, [&]() -> Result<Outcome> {
                    return std::invoke(useCase, transaction, actor, input);
                });
            },
            [reply, encode, id = request.id,
             conditional = request.headers.contains("if-match")](Result<Told> told) {
                reply(http::Answer([told = std::move(told), encode, id, conditional] {
                    if (!told)
                        return refusalOf(id, conditional, told.error());
                    if (!told->outcome)
                        return otherRequest(id);
                    return enveloped(encode(*told->outcome), told->requestId, told->at);
                }));
            },
            weight);
        return {};
    }

private:
    protocol::Result<service::Asking> askingOf(const http::Request& request) const;
    static http::Response refusalOf(const QString& requestId, bool conditional, const protocol::Error& error);
    static http::Response otherRequest(const QString& requestId);
    static http::Response enveloped(Success success, const QString& requestId, protocol::Timestamp at);

    store::WriteQueue& m_queue;
    const std::chrono::milliseconds m_remembered;
};

} // namespace prism::api
