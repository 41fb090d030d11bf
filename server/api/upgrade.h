#pragma once

#include "server/http/request.h"
#include "server/realtime/upgrade_request.h"

#include <variant>

namespace prism::api {

/// Reads a request for a WebSocket as RFC 6455, section 4.2.1, has it, or says by its answer why it is none:
/// 426 where no upgrade is asked for, or one to another version, 400 where something is missing.
std::variant<realtime::UpgradeRequest, http::Response> readUpgrade(const http::Request& head);

} // namespace prism::api
