#pragma once

#include "server/realtime/backlog.h"
#include "server/realtime/event_source.h"

#include <QString>

namespace prism::realtime {

/// How events are written to a session.
enum class Encoding { WebSocket, EventStream };

/// Reads events on from a cursor: from the backlog, and from the log behind it. Sessions that stand at the
/// same place, as all do that keep up, share one stretch and its encoded bytes. Lives on its worker's thread.
class FrameReader
{
public:
    /// A stretch has about `stretchBytes`. The backlog and the epoch outlive the reader.
    FrameReader(const Backlog& backlog, EventSource source, const QString& epoch, qint64 stretchBytes);

    /// Consecutive events, one at least.
    struct Stretch
    {
        protocol::Seq from = 0;
        std::vector<FramePtr> frames;
        QByteArray joined[2]; ///< by Encoding, once somebody wanted them
    };

    /// The events from `from`, which is not beyond the backlog's head, up to `to` (both included), as far as
    /// one stretch goes. NotFound when they are not kept any more. What is returned is valid until the next
    /// call.
    protocol::Result<Stretch*> read(protocol::Seq from, protocol::Seq to);

    /// All events of a stretch, one behind the other.
    const QByteArray& joined(Stretch& stretch, Encoding encoding) const;

    /// One event in the encoding.
    QByteArray encoded(const Frame& frame, Encoding encoding) const;

private:
    protocol::Result<std::vector<FramePtr>> readFrames(protocol::Seq from, protocol::Seq to) const;

    const Backlog& m_backlog;
    const EventSource m_source;
    const QByteArray m_epoch;
    const qint64 m_stretchBytes;
    Stretch m_stretch;
};

} // namespace prism::realtime
