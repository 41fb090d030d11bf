#pragma once

#include "server/realtime/backlog.h"

#include <QObject>

namespace prism::realtime {

/// Where events are published: puts them into the backlog, which it owns, and tells whoever listens.
/// publish() and announce() are called on the writer's thread alone, backlog() on any; nothing is called
/// while it is made or deleted.
class Publisher : public QObject
{
    Q_OBJECT

public:
    /// `head` is the seq of the newest event in the log. The backlog keeps up to `maxFrames` and `maxBytes`.
    Publisher(protocol::Seq head, std::size_t maxFrames, qint64 maxBytes);

    /// Appends to the backlog; announce() is to follow. The frames follow on the newest event without a gap.
    void publish(const std::vector<FramePtr>& frames) { m_backlog.append(frames); }

    /// Tells of what was published since it was last called.
    void announce();

    const Backlog& backlog() const { return m_backlog; }

signals:
    /// The backlog has grown. Emitted on the writer's thread.
    void published();

private:
    Backlog m_backlog;
    protocol::Seq m_announced; ///< the newest event that was told of
};

} // namespace prism::realtime
