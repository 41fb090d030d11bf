#pragma once

#include "server/http/request.h"
#include "server/realtime/upgrade_request.h"
#include "shared/protocol/error.h"

#include <tl/expected.hpp>

namespace prism::api {

/// Why a request opens no WebSocket.
struct UpgradeRefusal
{
    int status = 400;
    protocol::Error error;
    http::Headers headers; ///< that tell what would be right
};

/// Reads a request for a WebSocket as RFC 6455, section 4.2.1, has it. 426 for one that asks for no upgrade
/// or for another version, 400 for one that is not complete.
tl::expected<realtime::UpgradeRequest, UpgradeRefusal> readUpgrade(const http::Request& head);

} // namespace prism::api
