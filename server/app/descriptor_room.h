#pragma once

#include "server/app/config.h"
#include "server/http/connection_quota.h"
#include "shared/protocol/error.h"

namespace prism::app {

/// How many connections there may be. Each takes a descriptor, or three with TLS: the peer's, and the two
/// ends of the socket by which it is pumped. Where there are fewer than connections are wanted, it is said
/// once, at the start, instead of being found out by whoever comes last.
http::ConnectionQuota::Limits connectionLimits(const Config& config);

/// Ready is who can still accept somebody: Unavailable where no descriptor is left for that.
protocol::Result<void> checkRoom();

} // namespace prism::app
