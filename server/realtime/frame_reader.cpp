#include "server/realtime/frame_reader.h"

#include <algorithm>

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using protocol::Seq;

FrameReader::FrameReader(const Backlog& backlog, EventSource source, const QString& epoch,
                         qint64 stretchBytes)
    : m_backlog(backlog)
    , m_source(std::move(source))
    , m_epoch(epoch.toLatin1())
    , m_stretchBytes(stretchBytes)
{
}

Result<FrameReader::Stretch*> FrameReader::read(Seq from, Seq to)
{
    const bool isAtHand =
        m_stretch.from == from && !m_stretch.frames.empty() && m_stretch.frames.back()->seq <= to;
    if (isAtHand)
        return &m_stretch;
    Result<std::vector<FramePtr>> frames = readFrames(from, to);
    if (!frames)
        return Failure(frames.error());
    m_stretch = Stretch{from, std::move(*frames), {}};
    return &m_stretch;
}

Result<std::vector<FramePtr>> FrameReader::readFrames(Seq from, Seq to) const
{
    Backlog::Slice slice = m_backlog.read(from, to, m_stretchBytes);
    if (!slice.fallenBehind)
        return std::move(slice.frames);
    Result<std::vector<FramePtr>> rows = m_source(from, to, m_stretchBytes);
    if (rows && (rows->empty() || rows->front()->seq != from))
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("These events are not kept any more.")});
    return rows;
}

const QByteArray& FrameReader::joined(Stretch& stretch, Encoding encoding) const
{
    QByteArray& joined = stretch.joined[std::size_t(encoding)];
    if (joined.isEmpty() && stretch.frames.size() == 1) {
        joined = encoded(*stretch.frames.front(), encoding);
    } else if (joined.isEmpty()) {
        qsizetype size = 0;
        for (const FramePtr& frame : stretch.frames)
            size += frame->bytes.size() + 64;
        joined.reserve(size);
        for (const FramePtr& frame : stretch.frames)
            joined += encoded(*frame, encoding);
    }
    return joined;
}

QByteArray FrameReader::encoded(const Frame& frame, Encoding encoding) const
{
    if (encoding == Encoding::WebSocket)
        return frame.bytes;
    return streamEvent(m_epoch + ':' + QByteArray::number(qlonglong(frame.seq)), frame.text());
}

} // namespace prism::realtime
