#pragma once

#include "server/realtime/frame.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <vector>

namespace prism::realtime {

/// The newest frames in the one order, shared by all sessions. Bounded by count and bytes: the oldest go
/// first, the table of events has them still. Used from any thread.
class Backlog
{
public:
    /// `head` is the seq of the last event before the first frame that will be appended.
    Backlog(protocol::Seq head, std::size_t maxFrames, qint64 maxBytes);

    /// The frames follow on each other and on what is there, without a gap.
    void append(const std::vector<FramePtr>& frames);

    struct Slice
    {
        bool fallenBehind = false; ///< what was asked for is not here any more
        std::vector<FramePtr> frames;
    };

    /// The frames from `from` up to `to` (both included), about `maxBytes` of them; at least one if there is
    /// one.
    Slice read(protocol::Seq from, protocol::Seq to, qint64 maxBytes) const;

    /// The seq of the newest event. Takes no lock.
    protocol::Seq head() const { return m_head; }

private:
    const std::size_t m_maxFrames;
    const qint64 m_maxBytes;
    mutable std::mutex m_mutex;
    std::deque<FramePtr> m_frames;
    std::atomic<protocol::Seq> m_head;
    qint64 m_bytes = 0;
};

} // namespace prism::realtime
