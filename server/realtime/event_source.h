#pragma once

#include "server/realtime/frame.h"
#include "shared/protocol/error.h"

#include <functional>
#include <vector>

namespace prism::realtime {

/// Reads the frames from ≤ seq ≤ to in order from the log, about `bytes` of them, one at least. Belongs to
/// one thread.
using EventSource = std::function<protocol::Result<std::vector<FramePtr>>(protocol::Seq from,
                                                                          protocol::Seq to, qint64 bytes)>;

/// Makes the source of one worker, on that worker's thread.
using EventSourceFactory = std::function<protocol::Result<EventSource>()>;

} // namespace prism::realtime
