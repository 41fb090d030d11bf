#pragma once

#include "server/api/context.h"
#include "server/http/request.h"

namespace prism::api {

/// What one request writes, and the answer when it has. May be called twice, so it must not use itself up.
using WriteWork = std::function<protocol::Result<http::Response>(store::Transaction&)>;

/// Hands a request's write to the writer and answers when it is on disk, or is refused. A refusal because of
/// the version is 412 when the request carried If-Match.
///
/// With an Idempotency-Key the answer is remembered in the transaction of the write; the same request under
/// the same key gets it again and writes nothing, another one under that key is refused with 422. Refusals
/// are not remembered: they wrote nothing.
void submitWrite(const Context& context, const http::Request& request, const http::Reply& reply,
                 const store::Weight& weight, WriteWork work);

} // namespace prism::api
