#pragma once

#include "server/io/reading_pace.h"

#include <chrono>
#include <memory>

namespace prism::realtime {

/// Keeps the place of one connection taken for as long as it lives; null for none.
using Ticket = std::shared_ptr<void>;

/// How sessions are kept alive and kept small.
struct Settings
{
    qint64 messageBytes = 64 * 1024; ///< of one message from a client
    int maxJsonDepth = 32;
    qint64 aheadBytes = 64 * 1024; ///< how much may wait in front of a session's socket
    std::chrono::milliseconds pingInterval{30'000};
    io::ReadingFloor slowest;                           ///< who is behind and takes less is closed
    std::chrono::milliseconds handshakeTimeout{10'000}; ///< from the upgrade request to the session

    /// How long a new session waits for its first message, which may be a resume, before it is live.
    std::chrono::milliseconds resumeGrace{500};

    /// Between one pushed dashboard of a period and the next.
    std::chrono::milliseconds dashboardInterval{50};

    /// A client that says nothing for this long is closed.
    std::chrono::milliseconds silenceTimeout() const { return 2 * pingInterval; }
};

} // namespace prism::realtime
