#pragma once

#include "server/store/rows.h"
#include "shared/protocol/timestamp.h"

namespace prism::store {

/// Says in the log that what is stored of the bucket is damaged; Unavailable, with advice.
Failure damagedRollup(protocol::Timestamp start);

} // namespace prism::store
