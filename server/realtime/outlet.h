#pragma once

#include "server/io/stream.h"
#include "server/realtime/frame_reader.h"
#include "shared/protocol/event.h"

#include <chrono>

namespace prism::realtime {

class Session;

/// A session's client, in the protocol that it speaks: how it is greeted, kept and taken leave of, and what
/// it may say. Belongs to its session, and tells it what the client says and when it has gone. Events are
/// written to the stream by the session itself. Lives on its worker's thread.
class Outlet
{
public:
    using Clock = std::chrono::steady_clock;

    Outlet() = default;
    Outlet(const Outlet&) = delete;
    Outlet& operator=(const Outlet&) = delete;
    virtual ~Outlet() = default;

    virtual io::Stream& stream() = 0;

    virtual Encoding encoding() const = 0;

    /// Greets the client, which may resume at once. Called once, before anything else.
    virtual void begin(Session& session) = 0;

    /// A message that is no event of the log, ready to be written; `reached` is where the session stands.
    virtual QByteArray encoded(const protocol::Event& message, protocol::Seq reached) const = 0;

    /// Sees to what the client has to do or to hear from time to time. Called about once a second.
    virtual void keepAlive(Clock::time_point now) = 0;

    /// Tells the client that the session ends, and why, behind all that waits. `code` is one of a WebSocket's
    /// close frame.
    virtual void sayGoodbye(int code, const QString& reason) = 0;

    /// Ends the connection at once. The session is told.
    virtual void abort() = 0;
};

} // namespace prism::realtime
