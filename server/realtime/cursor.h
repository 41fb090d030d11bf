#pragma once

#include "server/io/wire.h"
#include "server/realtime/frame_reader.h"

#include <deque>
#include <memory>
#include <vector>

namespace prism::realtime {

class Session;

/// Where a session stands: all that an event looks at in a session that keeps up. Apart from the session, so
/// that those of a worker lie side by side in memory: a broadcast to thousands waits for memory otherwise.
struct Cursor
{
    Session* session = nullptr; ///< null while the place is free
    protocol::Seq next = 0;     ///< the first seq that was neither sent nor filtered out
    qint64 written = 0;         ///< bytes, since the session began
    io::Wire wire;              ///< to the client; leads nowhere once the connection has ended
    Encoding encoding = Encoding::WebSocket;

    /// Whether the session wants every event as it comes, and nothing of it waits in front of the socket.
    bool keepsUp = false;

    /// Hands bytes to the kernel, past the stream, in which nothing waits. How many of them it took.
    qsizetype write(const QByteArray& bytes)
    {
        written += bytes.size();
        return wire.send(bytes);
    }
};

/// The cursors of a worker's sessions, in places that do not move. Lives on one thread.
class Cursors
{
public:
    struct GiveBack
    {
        Cursors* cursors;
        void operator()(Cursor* cursor) const { cursors->free(*cursor); }
    };

    /// A session's hold on its place.
    using Place = std::unique_ptr<Cursor, GiveBack>;

    Place place(Session* session, io::Wire wire, Encoding encoding, protocol::Seq next);

    /// Those that are taken and those that are free.
    std::deque<Cursor>& all() { return m_all; }

private:
    void free(Cursor& cursor);

    std::deque<Cursor> m_all;
    std::vector<Cursor*> m_free;
};

} // namespace prism::realtime
