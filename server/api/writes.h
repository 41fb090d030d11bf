#pragma once

#include "server/api/answers.h"
#include "server/api/guard.h"
#include "server/http/request.h"
#include "server/service/actor.h"
#include "server/service/once.h"
#include "server/service/staging.h"
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

/// How much a request that writes so much is: of its body and what is kept of it, the larger counts.
store::Weight weightOf(const http::Request& request, store::Weight kept = {});

/// Has the use cases of requests carried out by the writer, and their answers made when what they did is on
/// disk, or is refused.
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
    /// the worker's with what came of it. The use case may be called twice. It is not called when the
    /// request's preconditions do not hold for `current`.
    template <typename UseCase, typename Input, typename Outcome>
    protocol::Result<void> submit(const http::Request& request, const http::Reply& reply,
                                  const store::Weight& weight, UseCase useCase, Input input,
                                  Success (*encode)(const Outcome&), CurrentState current = {}) const
    {
        using Told = service::Told<Outcome>;
        using protocol::Result;
        PRISM_TRY_ASSIGN(service::Asking asking, askingOf(request));
        const Guard guard(request, std::move(current));
        const std::shared_ptr<store::StagedChecks> staged = service::stagedOf(input);
        if (staged && asking.repeatable)
            staged->setNeedless([asking](store::Transaction& transaction) {
                return service::wasAsked(transaction, *asking.repeatable);
            });
        m_queue.submit<Told>(
            [useCase = std::move(useCase), input = std::move(input), asking = std::move(asking), guard,
             actor = actorOf(request)](store::Transaction& transaction) -> Result<Told> {
                return service::once<Outcome>(transaction, asking, [&]() -> Result<Outcome> {
                    PRISM_TRY(guard.check(transaction));
                    return std::invoke(useCase, transaction, actor, input);
                });
            },
            [reply, encode, guard, id = request.id](Result<Told> told) {
                reply(http::Answer([told = std::move(told), encode, guard, id] {
                    if (!told)
                        return failure(id, told.error(), guard.statusOf(told.error()));
                    if (!told->outcome)
                        return otherRequest(id);
                    return enveloped(encode(*told->outcome), told->requestId, told->at);
                }));
            },
            weight, staged);
        return {};
    }

private:
    static service::Actor actorOf(const http::Request& request);
    protocol::Result<service::Asking> askingOf(const http::Request& request) const;
    static http::Response otherRequest(const QString& requestId);
    static http::Response enveloped(Success success, const QString& requestId, protocol::Timestamp at);

    store::WriteQueue& m_queue;
    const std::chrono::milliseconds m_remembered;
};

} // namespace prism::api
