#pragma once

#include "server/http/request.h"

#include <limits>

namespace prism::http {

/// Whether which codings the caller takes may decide how this answer is sent.
bool dependsOnCoding(const Response& response);

/// Compresses the answer's body where the caller prefers gzip, it is text of more than 1 KiB, and no strong
/// entity tag promises these very bytes; or where the caller takes nothing else. Whoever has no time for more
/// than `most` bytes leaves longer ones as they are, or, where the caller takes nothing else, packs them
/// without making them smaller. Does nothing the second time.
void compress(const Request& request, Response& response,
              qsizetype most = std::numeric_limits<qsizetype>::max());

} // namespace prism::http
