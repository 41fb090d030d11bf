#pragma once

#include "server/http/request.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/try.h"

namespace prism::api {

/// What `read` makes of a body that is one object and has no other fields than it reads; `wrong` says that it
/// is not.
template <typename Read>
auto readObject(const http::Request& request, int maxDepth, const QString& wrong, Read read)
    -> protocol::Result<decltype(read(std::declval<protocol::ObjectReader&>()))>
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, maxDepth));
    protocol::Problems problems;
    protocol::ObjectReader reader(body, problems);
    auto wanted = read(reader);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(wrong));
    return wanted;
}

} // namespace prism::api
