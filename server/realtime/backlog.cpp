#include "server/realtime/backlog.h"

#include <algorithm>

namespace prism::realtime {

Backlog::Backlog(protocol::Seq head, std::size_t maxFrames, qint64 maxBytes)
    : m_maxFrames(maxFrames)
    , m_maxBytes(maxBytes)
    , m_head(head)
{
}

void Backlog::append(const std::vector<FramePtr>& frames)
{
    const std::lock_guard lock(m_mutex);
    for (const FramePtr& frame : frames) {
        m_frames.push_back(frame);
        m_bytes += frame->bytes.size();
    }
    while (!m_frames.empty() && (m_frames.size() > m_maxFrames || m_bytes > m_maxBytes)) {
        m_bytes -= m_frames.front()->bytes.size();
        m_frames.pop_front();
    }
    if (!frames.empty())
        m_head = frames.back()->seq;
}

Backlog::Slice Backlog::read(protocol::Seq from, protocol::Seq to, qint64 maxBytes) const
{
    const std::lock_guard lock(m_mutex);
    Slice slice;
    const protocol::Seq head = m_head.load(std::memory_order_relaxed);
    const protocol::Seq last = std::min(to, head);
    if (from > last)
        return slice;
    const protocol::Seq first = head - protocol::Seq(m_frames.size()) + 1;
    if (from < first) {
        slice.fallenBehind = true;
        return slice;
    }
    qint64 bytes = 0;
    for (protocol::Seq seq = from; seq <= last && bytes < maxBytes; ++seq) {
        const FramePtr& frame = m_frames[std::size_t(seq - first)];
        slice.frames.push_back(frame);
        bytes += frame->bytes.size();
    }
    return slice;
}

} // namespace prism::realtime
